//! Who is credited: verbs of saying, "بحسب", chains, and what goes on from the sentence before.

use crate::args::Filler;
use crate::lexicon::Lexicon;
use crate::phrase::{Class, Context, NpId, Phrase, Sentence};
use crate::record::Stance;
use crate::vocab::bare;
use arabic::words::Enclitic;
use std::ops::Range;

/// A source of a sentence of the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Credited {
    /// The sentence that names it.
    pub sentence: usize,
    /// Its noun phrase there.
    pub np: NpId,
    /// What it does with the claim.
    pub stance: Stance,
    /// The token of the word that credits.
    pub cue: Option<usize>,
    /// The sentence of the cue.
    pub cue_sentence: usize,
    /// The entry or rule.
    pub why: &'static str,
}

/// A stretch of a sentence and those credited for it, innermost first.
#[derive(Debug, Clone)]
pub struct Scope {
    /// Tokens.
    pub tokens: Range<usize>,
    /// Who says it.
    pub sources: Vec<Credited>,
    /// Tokens of the sources and cues themselves, which tell no event.
    pub frame: Range<usize>,
}

/// What goes on from sentence to sentence.
#[derive(Debug, Clone, Default)]
pub struct Thread {
    /// The last sources, for "وأضاف".
    pub last: Vec<Credited>,
    /// A quotation is open.
    pub quoted: bool,
    /// Earlier sources by head word, for "المصادر".
    pub named: Vec<(String, Credited)>,
}

fn head_word(cx: &Context<'_>, s: &Sentence, n: NpId) -> String {
    let np = &s.nps[n];
    let w = cx.words.get(cx.text.tokens[np.head].word);
    match np.reading.and_then(|r| w.readings.get(r as usize)) {
        Some(r) => cx.words.dictionary().lemma(r.lemma).text.to_string(),
        None => w.key.trim_start_matches("ال").to_string(),
    }
}

/// Finds the scopes of a sentence; `index` is its number in the text, `earlier` the sentences before it.
pub fn scopes(f: &Filler<'_>, index: usize, earlier: &[Sentence], thread: &mut Thread, outlet: &dyn Fn(&Sentence, NpId) -> bool) -> Vec<Scope> {
    let (s, cx, lexes) = (f.s, f.cx, f.lexes);
    let lexicon: &Lexicon = cx.lexicon;
    let mut out: Vec<Scope> = Vec::new();
    let key = |i: usize| -> &str {
        match cx.text.tokens.get(i) {
            Some(t) if t.kind == arabic::text::Kind::Word => &cx.words.get(t.word).key,
            _ => "",
        }
    };
    let say_of = |i: usize| -> Option<usize> {
        lexes.get(i)?.syms.iter().find_map(|(sym, r)| (*r != 255).then(|| lexicon.say_syms.get(sym)).flatten()).map(|n| *n as usize)
    };
    let can_speak = |n: NpId| -> bool {
        let np = &s.nps[n];
        if np.event {
            return false;
        }
        np.class.any(Class::SOURCE.or(Class::HUMAN).or(Class::GROUP).or(Class::AGENT))
            || !np.actor.is_empty()
            || np.class.any(Class::NAMELIKE) && np.place.is_none()
    };
    let mut k = 0;
    while k < s.phrases.len() {
        // 1. a verb of saying
        let at = match &s.phrases[k] {
            Phrase::Verb(v) => say_of(*v).map(|n| (*v, n, true)),
            // مضيفا, مشيرة
            Phrase::Np(n) if s.nps[*n].tokens.len() <= 2 || s.nps[*n].event => {
                let h = s.nps[*n].head;
                let participle = lexes.get(h).and_then(|l| l.adj).is_some_and(|a| {
                    let w = cx.words.get(cx.text.tokens[h].word);
                    let r = &w.readings[a as usize];
                    r.feat.origin() == arabic::morph::Origin::Agent
                        && (r.feat.case() == arabic::morph::Case::Acc || w.key.ends_with('ه') || w.key.ends_with("ين"))
                        && !r.is_definite()
                });
                if participle && k > 0 { say_of(h).map(|n| (h, n, false)) } else { None }
            }
            _ => None,
        };
        if let Some((tok, say_n, finite)) = at {
            let say = &lexicon.says[say_n];
            // the speaker: bare phrase behind it, or before it
            let mut subject: Option<NpId> = None;
            let mut also: Vec<NpId> = Vec::new();
            let mut via: Option<NpId> = None;
            let mut from: Option<NpId> = None;
            let mut j = k + 1;
            let mut content: Option<usize> = None;
            let mut object: Option<usize> = None;
            let mut prep: Option<usize> = None;
            let mut commas = 0;
            while j < s.phrases.len() {
                match &s.phrases[j] {
                    Phrase::Np(n) => {
                        let np = &s.nps[*n];
                        let pk = prep.map(|p| key(p).to_string());
                        let lam = np.shape.prep == Some('ل');
                        if let Some(p) = pk.as_deref().map(bare) {
                            if p == "عن" && key(tok).trim_start_matches(['و', 'ف']).starts_with("نقل") && can_speak(*n) {
                                from = Some(*n);
                            } else if p == "عن" || p == "الي" {
                                if f.triggers.iter().any(|t| t.phrase == j) && say.object {
                                    object = Some(j);
                                    break;
                                }
                            }
                            prep = None;
                        } else if lam || key(np.tokens.start) == "ل" {
                            if np.class.any(Class::SOURCE) || !np.actor.is_empty() {
                                via = Some(*n);
                            }
                        } else if np.shape.prep == Some('ب') {
                            if f.triggers.iter().any(|t| t.phrase == j) && say.object {
                                object = Some(j);
                                break;
                            }
                            // "بأن" is a comp; "ببيان" tells how
                        } else if subject.is_none() && can_speak(*n) && !f.triggers.iter().any(|t| t.phrase == j) && (finite || np.definite) && object.is_none()
                        {
                            subject = Some(*n);
                        } else if subject.is_some() && np.shape.wa && can_speak(*n) && !f.triggers.iter().any(|t| t.phrase == j) {
                            also.push(*n);
                        } else if f.triggers.iter().any(|t| t.phrase == j) && say.object {
                            object = Some(j);
                            break;
                        } else if subject.is_some() && commas == 0 && say.object && s.nps[*n].event {
                            object = Some(j);
                            break;
                        }
                    }
                    Phrase::Comp(_) => {
                        content = Some(j);
                        break;
                    }
                    Phrase::Mark(_, ':') => {
                        content = Some(j);
                        break;
                    }
                    Phrase::Mark(_, ',') => {
                        commas += 1;
                        if commas > 3 {
                            break;
                        }
                    }
                    Phrase::Mark(_, '-') | Phrase::Time(_) | Phrase::Conj(_) => {}
                    Phrase::Mark(..) => break,
                    Phrase::Quote(_, open) => {
                        if *open && subject.is_some() && !matches!(s.phrases.get(j + 1), Some(Phrase::Np(m)) if s.nps[*m].tokens.len() <= 2) {
                            content = Some(j);
                            break;
                        }
                    }
                    Phrase::Prep(p) => prep = Some(*p),
                    Phrase::Verb(v) => {
                        // "قال ناشطون يعملون": a relative clause; a new verb ends it
                        if say_of(*v).is_some() || commas > 0 {
                            break;
                        }
                        let quoted = matches!(s.phrases.get(j.wrapping_sub(1)), Some(Phrase::Quote(..)));
                        if quoted && subject.is_some() {
                            content = Some(j);
                            break;
                        }
                    }
                    Phrase::Sub(_) => break,
                    _ => {}
                }
                j += 1;
            }
            if subject.is_none() && finite {
                subject = f.subject_before(k).and_then(|b| b.into_iter().find(|n| can_speak(*n)));
                if subject.is_none() && k >= 2 {
                    // "المتحدث، في بيان، أعلن"
                    subject = match &s.phrases[0] {
                        Phrase::Np(n) if can_speak(*n) && s.nps[*n].shape.prep.is_none() && s.nps[*n].class.any(Class::SOURCE) => Some(*n),
                        _ => None,
                    };
                }
            }
            let begins = content.or(object);
            let Some(from_phrase) = begins.filter(|_| !(say.plain && content.is_none())) else {
                k += 1;
                continue;
            };
            let mut sources: Vec<Credited> = Vec::new();
            let mk = |np: NpId, why: &'static str| Credited { sentence: index, np, stance: say.stance, cue: Some(tok), cue_sentence: index, why };
            let said: Option<Credited> = match subject {
                Some(n) => Some(resolve(mk(n, say.id), cx, s, earlier, thread, index)),
                None if from.is_some() => None,
                None => {
                    // أضاف with nobody: the last one goes on
                    let verb_object = f.s.verb(tok).is_some_and(|v| v.1.object != Enclitic::None || v.1.passive);
                    if verb_object {
                        None
                    } else {
                        thread.last.first().cloned().map(|c| Credited { stance: say.stance, cue: Some(tok), cue_sentence: index, why: "say.carried", ..c })
                    }
                }
            };
            if let Some(n) = from {
                sources.push(resolve(mk(n, "say.from"), cx, s, earlier, thread, index));
            }
            if let Some(c) = said {
                if !(c.sentence == index && outlet(s, c.np)) {
                    sources.push(c);
                }
            }
            for n in also {
                sources.push(mk(n, say.id));
            }
            if subject.is_none() && from.is_none() {
                for c in thread.last.iter().skip(1) {
                    if !sources.iter().any(|x| x.np == c.np && x.sentence == c.sentence) && !sources.is_empty() {
                        sources.push(c.clone());
                    }
                }
            }
            if let Some(v) = via.filter(|v| !outlet(s, *v)) {
                if s.nps[v].tags.any(lexicon.tags.medium)
                    || s.nps[v].actor.iter().any(|a| lexicon.actors[a.actor as usize].source == Some(crate::record::SourceKind::Media))
                {
                    sources.push(Credited { stance: Stance::States, ..mk(v, "say.to-medium") });
                }
            }
            let start = match content {
                Some(c) => s.phrases.get(c + 1).map_or(s.tokens.end, |p| s.start(p, cx)),
                None => s.start(&s.phrases[from_phrase], cx),
            };
            let frame_start = s.start(&s.phrases[k], cx).min(subject.map_or(usize::MAX, |n| s.nps[n].tokens.start));
            // an earlier scope ends where a new speaker begins
            let same = out.last().is_some_and(|l: &Scope| !finite && subject.is_none() && l.tokens.end == s.tokens.end);
            if let Some(l) = out.last_mut() {
                if l.tokens.end > frame_start {
                    l.tokens.end = frame_start;
                }
                if same && !l.sources.is_empty() {
                    // مشيرا: the same speaker goes on
                    sources = l.sources.iter().map(|c| Credited { stance: say.stance, cue: Some(tok), cue_sentence: index, ..c.clone() }).collect();
                }
            }
            if !sources.is_empty() {
                if finite || same {
                    thread.last = sources.clone();
                }
                for c in &sources {
                    if c.sentence == index {
                        thread.named.push((head_word(cx, s, c.np), c.clone()));
                    }
                }
                out.push(Scope { tokens: start..s.tokens.end, sources, frame: frame_start..start });
            }
            k = from_phrase;
            k += 1;
            continue;
        }
        // 2. "بحسب مصادر طبية"
        let start = s.start(&s.phrases[k], cx);
        let hit = lexicon.credits.iter().find(|c| {
            c.words.iter().enumerate().all(|(n, w)| {
                let kx = key(start + n);
                // ل may be written onto the next word
                kx == w || n == 0 && kx.trim_start_matches('و') == w || w == "ل" && kx.starts_with('ل')
            })
        });
        if let Some(c) = hit {
            let words = c.words.iter().filter(|w| *w != "ل").count();
            // the noun phrase behind it
            let mut j = k;
            let mut found: Option<NpId> = None;
            while j < s.phrases.len() && j < k + 6 {
                match &s.phrases[j] {
                    Phrase::Np(n) if s.nps[*n].tokens.start >= start + words || s.nps[*n].genitive.is_some_and(|g| s.nps[g].tokens.start >= start + words) => {
                        let n = if s.nps[*n].tokens.start >= start + words { *n } else { s.nps[*n].genitive.unwrap_or(*n) };
                        if can_speak(n) && !outlet(s, n) {
                            found = Some(n);
                        }
                        break;
                    }
                    Phrase::Verb(v) if say_of(*v).is_none() => break,
                    Phrase::Comp(_) => break,
                    _ => {}
                }
                j += 1;
            }
            // "وبحسب ما أفادت مصادر": the verb of saying tells it
            let by_verb = (k..(k + 4).min(s.phrases.len())).any(|m| matches!(&s.phrases[m], Phrase::Verb(v) if say_of(*v).is_some()));
            if let Some(n) = found {
                let c0 = Credited { sentence: index, np: n, stance: c.stance, cue: Some(start), cue_sentence: index, why: c.id };
                let cr = resolve(c0, cx, s, earlier, thread, index);
                let np = &s.nps[n];
                let frame = start..np.tokens.end;
                // the whole sentence, or what another speaker has not said
                let from = s.tokens.start;
                if let Some(l) = out.last_mut().filter(|l| l.tokens.end == s.tokens.end && start > l.tokens.start) {
                    // inside somebody's words: he cites
                    if !l.sources.iter().any(|x| x.np == cr.np && x.sentence == cr.sentence) {
                        l.sources.insert(0, cr.clone());
                    }
                } else {
                    out.push(Scope { tokens: from..s.tokens.end, sources: vec![cr.clone()], frame });
                }
                thread.last = vec![cr.clone()];
                thread.named.push((head_word(cx, s, n), cr));
                k = j + 1;
                continue;
            }
            let _ = by_verb;
        }
        k += 1;
    }
    // a quotation that goes on over the full stop
    let marks = |c: &[char]| {
        s.phrases.iter().filter(|p| matches!(p, Phrase::Quote(i, _) if c.iter().any(|m| cx.text.slice(cx.text.tokens[*i].range()).starts_with(*m)))).count()
    };
    let (open, close) = (marks(&['«', '“']), marks(&['»', '”']));
    if thread.quoted && out.is_empty() && !thread.last.is_empty() {
        out.push(Scope {
            tokens: s.tokens.clone(),
            sources: thread.last.iter().map(|c| Credited { why: "quote.goes-on", ..c.clone() }).collect(),
            frame: s.tokens.start..s.tokens.start,
        });
    }
    if open > close {
        thread.quoted = true;
    } else if close > open {
        thread.quoted = false;
    }
    out
}

/// "المصادر", "البيان": the fuller mention before it.
fn resolve(c: Credited, cx: &Context<'_>, s: &Sentence, earlier: &[Sentence], thread: &Thread, index: usize) -> Credited {
    let np = &s.nps[c.np];
    let bare = np.shape.the && np.core.len() <= 2 && np.genitive.is_none() && np.owner.is_none() && np.name.is_none() && np.actor.is_empty();
    if !bare {
        return c;
    }
    let head = head_word(cx, s, c.np);
    let w = cx.words.get(cx.text.tokens[np.head].word);
    let _ = (earlier, w);
    match thread.named.iter().rev().find(|(h, e)| *h == head && e.sentence < index) {
        Some((_, e)) => Credited { sentence: e.sentence, np: e.np, ..c },
        None => c,
    }
}
