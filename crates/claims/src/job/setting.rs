//! What a document is about: its countries, contexts, headers and outlet.

use super::*;

impl Job<'_> {
    /// PLOVER contexts of the document, and whether it is about something peaceful.
    pub(super) fn contexts(&mut self) {
        let lexicon = self.cx.lexicon;
        let mut words = 0usize;
        let mut hits = vec![0usize; lexicon.contexts.len()];
        for (_, l) in self.lexes.iter().flat_map(|l| l.iter()) {
            words += 1;
            for n in &l.contexts {
                hits[*n as usize] += 1;
            }
        }
        for (n, c) in lexicon.contexts.iter().enumerate() {
            let density = hits[n] as f32 * 1000.0 / words.max(100) as f32;
            if hits[n] >= 2 && density >= c.density {
                if c.peaceful {
                    self.peaceful = true;
                } else {
                    self.contexts.push(c.id);
                }
            }
        }
    }

    /// The countries that the text is about, by the places and states that it names.
    pub(super) fn countries(&mut self) {
        let mut votes: std::collections::BTreeMap<&'static str, f64> = Default::default();
        // a text names many places of few countries
        let mut codes: Vec<(&str, Option<&'static str>)> = Vec::new();
        for p in self.cx.places {
            let Some(iso2) = p.place.or(p.candidates.first().map(|c| c.place)).and_then(|p| self.atlas.country(p)) else { continue };
            let code = match codes.iter().find(|c| c.0 == iso2) {
                Some(known) => known.1,
                None => {
                    codes.push((iso2, alpha3(self.cx.lexicon, iso2)));
                    codes[codes.len() - 1].1
                }
            };
            if let Some(c) = code {
                *votes.entry(c).or_default() += if p.kind == PlaceKind::Country { 0.5 } else { 1.0 };
            }
        }
        // those that will be read are cut anyway
        for s in (0..self.sentences.len()).filter(|s| self.is_read(*s) || self.sentences.names_a_body(*s)) {
            for c in self.sentences[s].nps.iter().filter_map(|np| self.cx.lexicon.country_told_by(&np.actor)) {
                *votes.entry(c).or_default() += 0.4;
            }
        }
        let mut list: Vec<_> = votes.into_iter().collect();
        list.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        self.setting = Setting { countries: list.into_iter().map(|c| c.0.to_string()).collect(), day: self.anchor.map(|a| a.moment.date()) };
    }

    /// "حلب::", "إدلب:" at the start of a line or sentence govern what follows.
    pub(super) fn find_headers(&mut self) {
        let mut current: Option<usize> = None;
        for r in self.sentences.tokens() {
            // a header may stand inside a sentence too, where a page lost its line breaks; only the first counts here
            let mut here = None;
            let from = self.cx.places.partition_point(|p| p.outer.start < r.start);
            for (n, p) in self.cx.places.iter().enumerate().skip(from).take_while(|(_, p)| p.outer.start <= r.start + 1) {
                if p.tokens.end < r.end && self.is_header(p) {
                    here = Some(n);
                }
            }
            current = here.or(current);
            self.headers.push(current);
        }
        // in a round-up a header governs all that follows until the next one; one header alone governs its own sentence only
        let distinct: BTreeSet<usize> = self.headers.iter().flatten().copied().collect();
        if distinct.len() < 2 {
            let own: Vec<Option<usize>> =
                self.headers.iter().zip(self.sentences.tokens()).map(|(h, s)| h.filter(|h| s.contains(&self.cx.places[*h].tokens.start))).collect();
            self.headers = own;
        }
    }

    /// Is the name of a place followed by a colon?
    pub(super) fn is_header(&self, p: &PlaceMention) -> bool {
        let colon = |i: usize| self.cx.text.tokens.get(i).is_some_and(|t| self.cx.text.slice(t.range()) == ":");
        p.tokens.len() <= 3 && colon(p.tokens.end)
    }

    pub(super) fn is_outlet(&self, s: &Sentence, n: NpId) -> bool {
        let np = &s.nps[n];
        let Some(folded) = self.outlet.as_deref() else { return false };
        let text = arabic::names::name_words(self.cx.text.slice(self.cx.text.span(np.core.clone()))).join(" ");
        if text.contains(folded) || folded.contains(&text) && text.chars().count() > 3 {
            return true;
        }
        np.actor.iter().any(|a| {
            let actor = &self.cx.lexicon.actors[a.actor as usize];
            if actor.source != Some(SourceKind::Media) {
                return false;
            }
            let en = arabic::names::name_words(actor.name_en).join(" ");
            let ar = arabic::names::name_words(actor.name).join(" ");
            en == folded || ar == folded || folded.starts_with(&en) || folded.contains(&ar)
        })
    }
}
