//! Layouts of news sites.

use super::articles::{Article, OTHERS};

type Layout = fn(&Article) -> String;

pub const ALL: [(&str, Layout); 20] = [
    ("wordpress", wordpress),
    ("bare-paragraphs", bare_paragraphs),
    ("breaks-in-a-div", breaks_in_a_div),
    ("table-layout", table_layout),
    ("amp", amp),
    ("microdata", microdata),
    ("json-ld", json_ld),
    ("drupal", drupal),
    ("bootstrap-cards", bootstrap_cards),
    ("split-by-adverts", split_by_adverts),
    ("read-also-inside", read_also_inside),
    ("saved-page", saved_page),
    ("comments-below", comments_below),
    ("repeated-lead", repeated_lead),
    ("live-sidebar", live_sidebar),
    ("font-size-tools", font_size_tools),
    ("unclosed-tags", unclosed_tags),
    ("old-portal", old_portal),
    ("agency-wire", agency_wire),
    ("div-paragraphs", div_paragraphs),
];

fn paragraphs(a: &Article) -> String {
    a.paragraphs.iter().map(|p| format!("<p>{p}</p>\n")).collect()
}

fn links(tag: &str, range: std::ops::Range<usize>) -> String {
    OTHERS[range].iter().enumerate().map(|(i, t)| format!("<{tag}><a href=\"/news/{i}\">{t}</a></{tag}>\n")).collect()
}

fn menu() -> String {
    let items = ["الرئيسية", "أخبار", "سياسة", "اقتصاد", "رياضة", "ثقافة", "منوعات", "اتصل بنا"];
    items.iter().map(|i| format!("<li><a href=\"#\">{i}</a></li>")).collect()
}

const FOOT: &str = "جميع الحقوق محفوظة © لا يجوز نسخ مواد الموقع أو إعادة نشرها من دون إذن مكتوب من الإدارة.";
const COOKIES: &str = "نستخدم ملفات تعريف الارتباط لتحسين تجربتك في الموقع. باستمرارك في التصفح فإنك توافق على سياسة الخصوصية.";

fn page(head: &str, body: &str) -> String {
    format!("<!DOCTYPE html>\n<html lang=\"ar\" dir=\"rtl\"><head><meta charset=\"utf-8\">{head}</head>\n<body>{body}</body></html>")
}

fn wordpress(a: &Article) -> String {
    page(
        &format!(
            "<title>{t} - {o}</title><meta property=\"og:title\" content=\"{t}\"><meta property=\"og:site_name\" content=\"{o}\"><meta property=\"article:published_time\" content=\"{d}T09:30:00+03:00\"><style>.x{{color:red}}</style>",
            t = a.title,
            o = a.outlet,
            d = a.day.0
        ),
        &format!(
            "<div id=\"cookie-notice\">{COOKIES}</div><header class=\"site-header\"><ul class=\"menu\">{m}</ul></header><div id=\"content\"><article class=\"post\"><h1 class=\"entry-title\">{t}</h1><div class=\"post-meta\"><span class=\"author\">{b}</span> <time datetime=\"{d}\">{v}</time></div><figure><img src=a.jpg><figcaption>{c}</figcaption></figure><div class=\"entry-content\">{p}</div><div class=\"sharedaddy social-share\"><a href=#>فيسبوك</a> <a href=#>تويتر</a> <a href=#>واتساب</a></div><div class=\"related-posts\"><h3>مقالات ذات صلة</h3><ul>{r}</ul></div></article></div><aside class=\"sidebar\"><h3>الأكثر قراءة</h3>{s}</aside><footer>{FOOT}</footer>",
            m = menu(),
            t = a.title,
            b = a.byline,
            d = a.day.0,
            v = a.day.1,
            c = a.caption,
            p = paragraphs(a),
            r = links("li", 0..3),
            s = links("p", 3..8)
        ),
    )
}

fn bare_paragraphs(a: &Article) -> String {
    page(
        &format!("<title>{} | {}</title>", a.title, a.outlet),
        &format!("<ul>{}</ul><h1>{}</h1><p>{}</p>{}<p><a href=/>العودة إلى الصفحة الرئيسية</a></p><p>{FOOT}</p>", menu(), a.title, a.day.1, paragraphs(a)),
    )
}

fn breaks_in_a_div(a: &Article) -> String {
    page(
        &format!("<title>{}</title>", a.title),
        &format!(
            "<div class=top>{}</div><div class=\"title\"><h2>{}</h2></div><div class=\"date\">{}</div><div class=\"story\">{}</div><div class=bottom>{}</div>",
            links("span", 0..4),
            a.title,
            a.day.1,
            a.paragraphs.join("<br /><br />\n"),
            links("div", 4..9)
        ),
    )
}

fn table_layout(a: &Article) -> String {
    page(
        &format!("<title>{} - {}</title>", a.title, a.outlet),
        &format!(
            "<table width=100%><tr><td colspan=2><table><tr>{}</tr></table></td></tr><tr><td valign=top width=70%><font size=5><b>{}</b></font><br><font color=gray>{}</font><table><tr><td>{}</td></tr></table></td><td>{}</td></tr><tr><td colspan=2>{FOOT}</td></tr></table>",
            menu().replace("<li>", "<td>").replace("</li>", "</td>"),
            a.title,
            a.day.1,
            paragraphs(a),
            links("div", 0..6)
        ),
    )
}

fn amp(a: &Article) -> String {
    page(
        &format!(
            "<title>{}</title><link rel=canonical href=\"https://example.org/{}/report\"><script async src=\"https://cdn.ampproject.org/v0.js\"></script>",
            a.title,
            a.day.0.replace('-', "/")
        ),
        &format!(
            "<amp-sidebar id=s layout=nodisplay><ul>{}</ul></amp-sidebar><main><h1>{}</h1><amp-img src=a.jpg></amp-img><p class=\"caption\">{}</p>{}<amp-social-share type=twitter></amp-social-share><section class=\"amp-related\">{}</section></main><amp-user-notification>{COOKIES}</amp-user-notification>",
            menu(),
            a.title,
            a.caption,
            paragraphs(a),
            links("h4", 2..7)
        ),
    )
}

fn microdata(a: &Article) -> String {
    page(
        &format!("<title>{}</title>", a.title),
        &format!(
            "<nav>{}</nav><div itemscope itemtype=\"https://schema.org/NewsArticle\"><h1 itemprop=headline>{}</h1><span itemprop=author>{}</span><meta itemprop=datePublished content=\"{}T06:00:00Z\"><div itemprop=articleBody>{}</div></div><div class=latest-news>{}</div>",
            menu(),
            a.title,
            a.byline,
            a.day.0,
            paragraphs(a),
            links("p", 0..7)
        ),
    )
}

fn json_ld(a: &Article) -> String {
    page(
        &format!(
            "<title>{t}</title><script type=\"application/ld+json\">{{\"@context\":\"https://schema.org\",\"@graph\":[{{\"@type\":\"NewsArticle\",\"headline\":\"{t}\",\"datePublished\":\"{d}T12:00:00+02:00\",\"dateModified\":\"2024-01-01\",\"publisher\":{{\"@type\":\"Organization\",\"name\":\"{o}\"}},\"author\":[{{\"name\":\"{b}\"}}],\"articleSection\":\"{s}\"}}]}}</script>",
            t = a.title,
            d = a.day.0,
            o = a.outlet,
            b = a.byline,
            s = a.section
        ),
        &format!(
            "<div id=app><div class=\"css-1x2\"><div class=\"css-9z\">{}</div></div><div class=\"css-7q\"><h1 class=\"css-h\">{}</h1><div class=\"css-body\">{}</div></div><div class=\"css-rel\"><h2>قد يهمك أيضا</h2>{}</div></div>",
            links("span", 0..3),
            a.title,
            paragraphs(a),
            links("div", 3..9)
        ),
    )
}

fn drupal(a: &Article) -> String {
    page(
        &format!("<title>{} | {}</title><meta name=\"dcterms.created\" content=\"{}\">", a.title, a.outlet, a.day.0),
        &format!(
            "<div id=navbar><ul class=\"menu nav\">{}</ul></div><ol class=breadcrumb><li><a href=/>الرئيسية</a></li><li>{}</li></ol><div class=\"region region-content\"><h1 class=page-header>{}</h1><div class=\"field field-name-post-date\">{}</div><div class=\"field field-name-body field-type-text-with-summary\"><div class=\"field-items\"><div class=\"field-item even\">{}</div></div></div><div class=\"field field-name-field-tags\"><a href=#>أخبار</a>، <a href=#>{}</a></div></div><div class=\"block-views\"><h2>آخر الأخبار</h2>{}</div>",
            menu(),
            a.section,
            a.title,
            a.day.1,
            paragraphs(a),
            a.section,
            links("div", 0..8)
        ),
    )
}

fn bootstrap_cards(a: &Article) -> String {
    let card = |t: &str| {
        format!(
            "<div class=\"card\"><div class=\"card-body\"><h5>{t}</h5><p>{t}، ويتابع مراسلنا التفاصيل من المكان...</p><a class=btn href=#>اقرأ المزيد</a></div></div>"
        )
    };
    let cards: String = OTHERS[..6].iter().map(|t| card(t)).collect();
    page(
        &format!("<title>{}</title>", a.title),
        &format!(
            "<div class=container><div class=row><div class=col-8><h1>{}</h1><small>{} | {}</small>{}<div class=row>{cards}</div></div><div class=col-4>{}</div></div></div>",
            a.title,
            a.byline,
            a.day.1,
            paragraphs(a),
            links("p", 2..9)
        ),
    )
}

fn split_by_adverts(a: &Article) -> String {
    let (first, rest) = a.paragraphs.split_at(2);
    let part = |list: &[&str]| -> String { list.iter().map(|p| format!("<p>{p}</p>")).collect() };
    page(
        &format!("<title>{}</title>", a.title),
        &format!(
            "<div class=wrap><h1>{}</h1><div class=\"part\">{}</div><div class=\"ad-slot\">إعلان<script>show()</script></div><div class=\"part\">{}</div><div class=\"newsletter-box\"><p>اشترك في نشرتنا البريدية ليصلك كل جديد من أخبارنا كل صباح.</p><form><input name=m><button>اشترك</button></form></div></div><div class=list>{}</div>",
            a.title,
            part(first),
            part(rest),
            links("div", 0..6)
        ),
    )
}

fn read_also_inside(a: &Article) -> String {
    let body: String = a
        .paragraphs
        .iter()
        .enumerate()
        .map(|(i, p)| if i == 2 { format!("<p>اقرأ أيضا: <a href=#>{}</a></p><p>{p}</p>", OTHERS[3]) } else { format!("<p>{p}</p>") })
        .collect();
    page(
        &format!("<title>{}</title>", a.title),
        &format!(
            "<nav><ul>{}</ul></nav><article><h1>{}</h1>{body}<p>تابعونا على تلغرام</p><p><strong>شاهد أيضا</strong></p><ul>{}</ul></article>",
            menu(),
            a.title,
            links("li", 5..9)
        ),
    )
}

fn saved_page(a: &Article) -> String {
    format!(
        "<!DOCTYPE html>\n<!-- saved from url=(0042)https://example.org/{}/a-report.html -->\n{}",
        a.day.0.replace('-', "/"),
        page(
            &format!("<title>{} - {}</title><script>var x = '<p>ليس نصا</p>';</script>", a.title, a.outlet),
            &format!(
                "<div style=\"display: none\">{COOKIES}</div><div class=main><h1>{}</h1><div class=text><p>{}</p></div></div><div class=\"footer-links\">{}</div>",
                a.title,
                a.paragraphs.join("</p><p>"),
                links("span", 0..5)
            )
        )
    )
}

fn comments_below(a: &Article) -> String {
    let comments = [
        "حسبنا الله ونعم الوكيل، نسأل الله السلامة لأهلنا جميعا في كل مكان من هذه البلاد.",
        "متى ينتهي هذا القصف؟ تعبنا من هذه الأخبار كل يوم ولا أحد يسمع أصواتنا.",
        "شكرا للموقع على نقل الخبر بمهنية، ونرجو المتابعة.",
    ];
    let list: String = comments.iter().map(|c| format!("<li class=comment><b>زائر</b><p>{c}</p><a href=#>رد</a></li>")).collect();
    page(
        &format!("<title>{}</title>", a.title),
        &format!(
            "<div class=article><h1>{}</h1><div class=content>{}</div></div><section id=comments><h3>التعليقات</h3><ol>{list}</ol><form><label>البريد الإلكتروني لن يتم نشره</label><textarea></textarea></form></section>",
            a.title,
            paragraphs(a)
        ),
    )
}

fn repeated_lead(a: &Article) -> String {
    page(
        &format!("<title>{}</title><meta name=description content=\"{}\">", a.title, a.paragraphs[0]),
        &format!(
            "<main><h1>{}</h1><h2 class=standfirst>{}</h2><p>{}</p><img src=a.jpg alt=x><div class=img-caption>{}</div>{}</main><footer><p>{FOOT}</p></footer>",
            a.title,
            a.title,
            a.day.1,
            a.caption,
            paragraphs(a) + &format!("<p>{}</p>", a.paragraphs[0])
        ),
    )
}

fn live_sidebar(a: &Article) -> String {
    let live: String = OTHERS
        .iter()
        .map(|t| format!("<div class=item><span>12:30</span><p>{t}، بحسب ما أفاد به مراسلنا الذي ينقل تفاصيل الحدث أولا بأول من المكان.</p></div>"))
        .collect();
    page(
        &format!("<title>{} - {}</title>", a.title, a.outlet),
        &format!(
            "<div class=ticker>{}</div><div class=layout><section class=story><h1>{}</h1><p class=byline>{}</p>{}</section><section class=live-sidebar><h2>عاجل</h2>{live}</section></div>",
            links("span", 0..5),
            a.title,
            a.byline,
            paragraphs(a)
        ),
    )
}

fn font_size_tools(a: &Article) -> String {
    page(
        &format!("<title>{} | {}</title>", a.title, a.outlet),
        &format!(
            "<div class=news><h1>{}</h1><div>حجم الخط: <a href=#>A+</a> <a href=#>A-</a></div><div>آخر تحديث: {}</div><div>مدة القراءة: دقيقتان</div><div><a href=#>طباعة</a></div>{}<div>الوسوم: <a href=#>أخبار</a> <a href=#>{}</a></div><div>شارك الخبر:</div></div>",
            a.title,
            a.day.1,
            paragraphs(a),
            a.section
        ),
    )
}

fn unclosed_tags(a: &Article) -> String {
    format!(
        "<html><head><title>{}<title></title></head><body bgcolor=white><center><h1>{}</center><p>{}<p>{}<hr><p>{FOOT}<ul><li><a href=1>{}</a><li><a href=2>{}</a></ul>",
        a.title,
        a.title,
        a.day.1,
        a.paragraphs.join("\n<p>"),
        OTHERS[0],
        OTHERS[1]
    )
}

fn old_portal(a: &Article) -> String {
    page(
        &format!("<title>{} :: {}</title>", a.title, a.outlet),
        &format!(
            "<div id=header><img src=logo.gif></div><div id=leftcol>{}</div><div id=maincol><span class=newstitle>{}</span><br><span class=newsdate>{}</span><div id=newsbody>{}</div><div id=newslinks>{}</div></div><div id=rightcol>{}</div>",
            links("div", 0..4),
            a.title,
            a.day.1,
            a.paragraphs.join("<br><br>"),
            links("div", 4..8),
            links("div", 2..5)
        ),
    )
}

fn agency_wire(a: &Article) -> String {
    page(
        &format!("<title>{}</title>", a.title),
        &format!(
            "<header><nav>{}</nav></header><section><h1>{}</h1><ul class=meta-info><li>{}</li><li>{}</li></ul><div><div><div>{}</div></div></div><p>رابط مختصر: <a href=#>example.org/x1</a></p></section><section class=more-news>{}</section><footer><div>{FOOT}</div><div>هاتف: 000000 - بريد: info@example.org</div></footer>",
            menu(),
            a.title,
            a.outlet,
            a.day.1,
            paragraphs(a),
            links("article", 0..6)
        ),
    )
}

fn div_paragraphs(a: &Article) -> String {
    let body: String = a.paragraphs.iter().map(|p| format!("<div><span style=\"font-size:16px\">{p}</span></div><div>&nbsp;</div>")).collect();
    page(
        &format!("<title>{}</title><meta property=og:title content=\"{}\">", a.title, a.title),
        &format!(
            "<div class=page><div class=head><a href=/>{}</a></div><h1>{}</h1><div class=body-text>{body}</div><div class=box><h4>أخبار متعلقة</h4>{}</div></div><div class=copyright>{FOOT}</div>",
            a.outlet,
            a.title,
            links("div", 0..5)
        ),
    )
}
