//! What begins at a token: times, places, numbers, names, particles, and words that may be a verb or a noun.

use super::choice::Choice;
use super::*;

impl Cutter<'_, '_> {
    pub(super) fn phrase(&mut self, i: usize) -> usize {
        let t = self.cx.text.tokens[i];
        if let Some(x) = self.time_at(i) {
            // "اليوم" behind كل or a verb is still time
            let end = self.cx.times[x].tokens.end;
            self.push(Phrase::Time(x));
            return end;
        }
        match t.kind {
            Kind::Punct => {
                let c = self.punct(i).unwrap_or(' ');
                if matches!(c, '"' | '“' | '”' | '«' | '»' | '(' | ')' | '[' | ']' | '‘' | '’' | '\'') {
                    // a bracket that only comments is passed over: (22 عاما)
                    // "(20) شخصا"
                    if c == '(' && self.bracketed_number(i) {
                        return self.noun_phrase(i + 1);
                    }
                    if let Some(end) = self.aside(i) {
                        return end;
                    }
                    if let Some(end) = self.quoted_name(i) {
                        return end;
                    }
                    let open = opens(c).is_some() && !matches!(c, '”' | '»' | ')' | ']' | '’') && !t.glued || matches!(c, '«' | '“' | '(' | '[');
                    self.push(Phrase::Quote(i, open));
                } else {
                    let c = match c {
                        '،' => ',',
                        '؛' => ';',
                        '–' | '—' => '-',
                        c => c,
                    };
                    self.push(Phrase::Mark(i, c));
                }
                i + 1
            }
            Kind::Break => i + 1,
            Kind::Foreign | Kind::Number | Kind::Word => self.word(i),
        }
    }

    /// The end of a bracket that holds an age, an abbreviation, a date or a comment of a few words.
    pub(super) fn aside(&mut self, i: usize) -> Option<usize> {
        if self.punct(i) != Some('(') {
            return None;
        }
        let close = (i + 1..(i + 8).min(self.end)).find(|k| self.punct(*k) == Some(')'))?;
        let has_verb = (i + 1..close).any(|k| {
            let l = self.lex(k);
            l.verb.is_some() && l.noun.is_none() && l.adj.is_none() && !l.only_particle
        });
        // a name in brackets belongs to the phrase before it
        (!has_verb && self.actor_at(i + 1, false).is_none_or(|m| m.end != close)).then_some(close + 1)
    }

    /// A figure in brackets that counts the noun behind it: "مقتل (20) شخصا".
    fn bracketed_number(&mut self, i: usize) -> bool {
        let Some(n) = self.number_at(i + 1) else { return false };
        let n = &self.cx.numbers[n];
        let alone = n.kind == arabic::number::NumberKind::Cardinal && n.tokens == (i + 1..i + 2) && self.punct(i + 2) == Some(')');
        if !alone || self.kind(i + 3) != Some(Kind::Word) {
            return false;
        }
        let l = self.lex(i + 3);
        let verb = l.verb.is_some() && l.noun.is_none() && l.adj.is_none();
        let shape = self.shape(i + 3, l, false);
        l.nominal() && !l.only_particle && !verb && !shape.the && !shape.wa && shape.prep.is_none()
    }

    /// "فقد مدني حياته": before what is no verb it is the verb "lost", not ف and قد.
    fn lost(&mut self, i: usize, l: &Lex) -> bool {
        if l.verb.is_none() || !l.has_any(&self.cx.lexicon.sets.lost) {
            return false;
        }
        let tags = &self.cx.lexicon.tags;
        let next = self.lex(i + 1);
        let people = next.tags.any(tags.person.or(tags.people).or(tags.group));
        self.number_at(i + 1).is_some() || next.nominal() && !next.only_particle && (next.verb.is_none() || people)
    }

    /// "الجيش" الإسرائيلي, "الهيئة": a name in marks is a phrase as any other; a longer stretch is somebody's words.
    fn quoted_name(&mut self, i: usize) -> Option<usize> {
        let close = self.punct(i).filter(|c| *c != '(').and_then(opens)?;
        let end = (i + 2..(i + 6).min(self.end)).find(|k| self.punct(*k) == Some(close))?;
        let saved = self.out.nps.len();
        if let Some(n) = self.np(i, false, 0) {
            let np = &self.out.nps[n];
            let named = !np.actor.is_empty() || np.class.any(Class::GROUP);
            if named && !np.event && np.place.is_none() && np.tokens.end > end && np.core.start <= i + 1 {
                let to = np.tokens.end;
                self.push(Phrase::Np(n));
                return Some(to);
            }
        }
        self.out.nps.truncate(saved);
        None
    }

    /// "إضافة إلى", "فضلا عن", "علاوة على" at a token.
    pub(super) fn joins_as_and(&mut self, i: usize) -> bool {
        let sets = &self.cx.lexicon.sets;
        self.is(i, &sets.besides) && self.is(i + 1, &sets.besides_what)
    }

    fn word(&mut self, i: usize) -> usize {
        let l = self.lex(i);
        let kind = self.kind(i);
        if kind == Some(Kind::Number) || kind == Some(Kind::Foreign) {
            return self.noun_phrase(i);
        }
        // "إضافة إلى ثلاثة عمال": joins as و does
        if self.joins_as_and(i)
            && matches!(self.out.phrases.last(), Some(Phrase::Np(_)))
            && let Some(n) = self.np(i + 2, false, 0)
        {
            let np = &mut self.out.nps[n];
            (np.tokens.start, np.shape.wa) = (i, true);
            let end = np.tokens.end;
            self.push(Phrase::Np(n));
            return end;
        }
        // names of actors and places come before grammar
        let joined = true;
        if let Some(m) = self.actor_at(i, joined) {
            // "أن مسلحا فتح النار": a name of one word that is a verb as well
            let verb = l.verb.is_some() && !m.start.al && !l.unknown;
            let after_topic = matches!(self.out.phrases.last(), Some(Phrase::Np(n)) if self.topic(*n));
            if m.end > i + 1 || !(verb && (l.noun.is_none() || after_topic)) {
                return self.noun_phrase(i);
            }
        }
        if self.place_at(i).is_some() {
            return self.noun_phrase(i);
        }
        if self.number_at(i).is_some() && !l.only_particle {
            let n = &self.cx.numbers[self.number_at(i).unwrap_or(0)];
            // أول, ثاني are adjectives of every day; a cue before a number is part of the phrase
            if n.kind != arabic::number::NumberKind::Ordinal {
                return self.noun_phrase(i);
            }
        }
        if self.number_at(i).is_some_and(|n| self.cx.numbers[n].outer.start == i && self.cx.numbers[n].tokens.start > i) {
            return self.noun_phrase(i);
        }
        // "مراسلنا" and the outlet's name written together with إن: no word ends so
        if l.unknown && self.cx.text.slice(self.cx.text.tokens[i].range()).ends_with("إن") && self.cx.words.get(self.cx.text.tokens[i].word).letters > 6 {
            self.push(Phrase::Comp(i));
            return i + 1;
        }
        if let Some((p, r)) = l.particle
            && (l.only_particle || !self.likely_open_class(i, l))
            && !self.lost(i, l)
        {
            return self.particle(i, p, r, l);
        }
        match self.choose(i, l) {
            Choice::Verb(r) => {
                let w = self.cx.words.get(self.cx.text.tokens[i].word);
                let mut shape = VerbShape::of(&w.readings[r as usize]);
                if let Some(Phrase::Other(k)) = self.out.phrases.last()
                    && self.is(*k, &self.cx.lexicon.sets.future)
                {
                    shape.future = true;
                }
                self.out.verbs.push((i, shape, r));
                self.push(Phrase::Verb(i));
                i + 1
            }
            Choice::Noun => self.noun_phrase(i),
            Choice::Other => {
                self.push(Phrase::Other(i));
                i + 1
            }
        }
    }

    /// A word that is a particle and something else: which is it here? Prepositions of two or three letters stay particles.
    fn likely_open_class(&mut self, i: usize, l: &Lex) -> bool {
        let Some((p, r)) = l.particle else { return true };
        let exact = self.cx.words.get(self.cx.text.tokens[i].word).readings.get(r as usize).is_some_and(|r| r.exact);
        if !exact {
            return true;
        }
        match p {
            Particle::Prep | Particle::Conj | Particle::Sub | Particle::Quant | Particle::Adv | Particle::Other => {
                // a noun only when something makes it one: an article or a pronoun is in its reading already
                false
            }
            _ => false,
        }
    }

    fn particle(&mut self, i: usize, p: Particle, r: u8, l: &Lex) -> usize {
        let w = self.cx.words.get(self.cx.text.tokens[i].word);
        let reading = w.readings.get(r as usize);
        let bound = reading.is_some_and(|r| r.enc != Enclitic::None);
        match p {
            Particle::Prep => {
                // منهم، عليه: preposition and pronoun in one
                if bound {
                    self.push(Phrase::Other(i));
                } else {
                    self.push(Phrase::Prep(i));
                }
            }
            Particle::Conj => self.push(Phrase::Conj(i)),
            Particle::Comp => self.push(Phrase::Comp(i)),
            Particle::Sub => self.push(Phrase::Sub(i)),
            Particle::Rel => self.push(Phrase::Rel(i)),
            Particle::Neg => self.push(Phrase::Neg(i)),
            Particle::Dem => {
                // هذا before a noun belongs to it
                if self.lex(i + 1).nominal() && self.kind(i + 1) == Some(Kind::Word) && !bound {
                    return self.noun_phrase(i);
                }
                self.push(Phrase::Other(i));
            }
            Particle::Quant if !bound => {
                if self.lex(i + 1).nominal() || self.number_at(i + 1).is_some() || self.is(i + 1, &self.cx.lexicon.sets.of) {
                    return self.noun_phrase(i);
                }
                self.push(Phrase::Other(i));
            }
            _ => {
                let _ = l;
                self.push(Phrase::Other(i));
            }
        }
        i + 1
    }
}
