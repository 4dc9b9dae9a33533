//! Verb or noun: the reading of a word that can be both, by where it stands.

use super::*;

/// What a word is read as.
pub(super) enum Choice {
    Verb(u8),
    Noun,
    Other,
}

impl Cutter<'_, '_> {
    /// Verb or noun, for a word that can be both.
    pub(super) fn choose(&mut self, i: usize, l: &Lex) -> Choice {
        let Some(v) = l.verb else {
            return if l.nominal() { Choice::Noun } else { Choice::Other };
        };
        let w = self.cx.words.get(self.cx.text.tokens[i].word);
        let vr = w.readings[v as usize];
        let nominal = l.noun.or(l.adj).map(|n| w.readings[n as usize]);
        let Some(nr) = nominal else {
            return if l.name.is_some() && !vr.exact { Choice::Noun } else { Choice::Verb(v) };
        };
        if w.marks.tanwin {
            return Choice::Noun;
        }
        if !vr.exact && nr.exact {
            return Choice::Noun;
        }
        let shape = Shape::of(&nr);
        // a preposition before it, written on or alone, an article on it: a noun
        let after_prep = match self.out.phrases.last() {
            // "حتى هاجمتهم قوة": what has the ending of a verb begins a clause
            Some(Phrase::Prep(k)) if self.lex(*k).has_any(&self.cx.lexicon.sets.until) => {
                let verbal = vr.enc != Enclitic::None || vr.feat.gender() == arabic::morph::Gender::Fem;
                if vr.exact && vr.feat.tense() == Tense::Past && verbal {
                    return Choice::Verb(v);
                }
                true
            }
            before => matches!(before, Some(Phrase::Prep(_))),
        };
        if after_prep || shape.the || shape.prep.is_some() && vr.pro.0 == nr.pro.0 {
            return Choice::Noun;
        }
        if vr.exact && !nr.exact && nr.feat.origin() == Origin::Plain && l.noun.is_some_and(|n| !w.readings[n as usize].exact) {
            return Choice::Verb(v);
        }
        let before = self.out.phrases.last().cloned();
        match before {
            // "الهجوم الذي [نسب] إلى التنظيم"
            Some(Phrase::Neg(_) | Phrase::Rel(_)) => return Choice::Verb(v),
            // "إنها قتلت": the pronoun on it is the subject
            Some(Phrase::Comp(k)) if crate::vocab::carries_pronoun(self.cx.words.get(self.cx.text.tokens[k].word)) => return Choice::Verb(v),
            Some(Phrase::Comp(k)) => {
                // أن takes a short form, أنّ and إن a noun
                let subjunctive = self.lex(k).has_any(&self.cx.lexicon.sets.that) && vr.feat.tense() != Tense::Past;
                return if subjunctive { Choice::Verb(v) } else { Choice::Noun };
            }
            Some(Phrase::Other(k)) if self.lex(k).has_any(&self.cx.lexicon.sets.before_verb) => return Choice::Verb(v),
            _ => {}
        }
        if vr.feat.tense() == Tense::Present || vr.feat.tense() == Tense::Short {
            // تقدم, تصعيد: present and masdar alike; a present verb needs somebody to do it
            if nr.feat.origin() != Origin::Masdar && (nr.pos == arabic::morph::Pos::Adj || l.noun.is_none()) {
                return Choice::Verb(v);
            }
        }
        let fresh = match before {
            None => true,
            Some(Phrase::Mark(..) | Phrase::Conj(_) | Phrase::Quote(..) | Phrase::Sub(_) | Phrase::Rel(_)) => true,
            // "أكدت الفصائل في بيان أمس تمكن مقاتليها": a clause that has its verb goes on with what it says
            Some(Phrase::Time(_)) => !self.has_verb_before(),
            _ => shape.wa,
        };
        // "في السياق ذاته سلم المقاتلون": behind a phrase that only opens the sentence the verb stands first
        let spoken = self.out.phrases.iter().rfind(|p| !matches!(p, Phrase::Quote(..)));
        let after_topic = matches!(spoken, Some(Phrase::Np(n)) if self.topic(*n));
        let fresh = fresh || vr.exact && vr.feat.tense() == Tense::Past && (self.after_opening() || after_topic);
        let next = self.lex(i + 1);
        let nw = (self.kind(i + 1) == Some(Kind::Word)).then(|| self.cx.words.get(self.cx.text.tokens[i + 1].word));
        let next_the = nw.is_some_and(|w| has_article(&w.key));
        if nr.feat.origin() == Origin::Masdar || l.event {
            // "إن شخصين [قتلا]": a topic has its verb behind it
            if after_topic && vr.exact && vr.feat.tense() == Tense::Past {
                return Choice::Verb(v);
            }
            // "قصف مدفعي": an indefinite adjective behind it makes it a noun
            let adjective = next.adj.is_some()
                && !next_the
                && next.verb.is_none()
                && next.noun.is_none_or(|_| next.tags.any(self.cx.lexicon.tags.nisba) || next.tags.any(self.cx.lexicon.tags.sector));
            if adjective {
                return Choice::Noun;
            }
            // behind a noun, it is that noun's genitive or apposition
            if !fresh {
                return match before {
                    // "كثفت القوات قصفها": a clause that has its verb takes a noun
                    Some(Phrase::Np(n)) if self.out.nps[n].definite && self.has_verb() => Choice::Noun,
                    Some(Phrase::Np(n)) if self.out.nps[n].definite => Choice::Verb(v),
                    Some(Phrase::Np(n)) if self.out.nps[n].event => Choice::Verb(v),
                    // "أن رجلا قتل": what stands first behind أن is the subject
                    Some(Phrase::Np(n)) if self.topic(n) => Choice::Verb(v),
                    _ => Choice::Noun,
                };
            }
            // at the beginning: a verb when a subject or object follows at once
            let number = self.number_at(i + 1).is_some();
            let actor = self.actor_at(i + 1, false).is_some();
            return if next.nominal() || number || actor || self.time_at(i + 1).is_some() || self.kind(i + 1) == Some(Kind::Punct) {
                Choice::Verb(v)
            } else {
                Choice::Noun
            };
        }
        // "القصف [طال] مواقع": without the article no adjective of what has it
        let of_definite = matches!(before, Some(Phrase::Np(n)) if self.out.nps[n].definite);
        // ("انفجر الجمهور [ضاحكا]" tells how, and is no dual)
        let one = vr.exact && vr.feat.tense() == Tense::Past && vr.feat.number() == Number::Singular;
        if of_definite && l.noun.is_none() && l.name.is_none() && one {
            return Choice::Verb(v);
        }
        // "[وعدد] الجرحى"
        if l.has_any(&self.cx.lexicon.sets.toll) && next.tags.any(self.cx.lexicon.tags.casualty) {
            return Choice::Noun;
        }
        // "[وأوضح] أن": nothing but a verb has أن behind it at the head of a clause
        if fresh && vr.exact && matches!(next.particle, Some((Particle::Comp, _))) {
            return Choice::Verb(v);
        }
        // other nouns: at the beginning of a clause rather a verb, elsewhere rather a noun
        if fresh && vr.exact && vr.feat.tense() == Tense::Past && (next.nominal() || self.number_at(i + 1).is_some()) {
            let common = l.tags.any(self.cx.lexicon.tags.group.or(self.cx.lexicon.tags.person).or(self.cx.lexicon.tags.people).or(self.cx.lexicon.tags.weapon));
            // "[نظم] أهالي الحي وقفة", "[طالب] مجلس الأمن بوقف القتال": regimes and a student, or who organised and demanded
            let people = self.cx.lexicon.tags.person.or(self.cx.lexicon.tags.people);
            let somebody = if nr.feat.number() == Number::Plural {
                next.tags.any(people)
            } else {
                self.speech_verb(l, v) && (next.tags.any(people.or(self.cx.lexicon.tags.group)) || self.actor_at(i + 1, false).is_some())
            };
            return if common && !somebody { Choice::Noun } else { Choice::Verb(v) };
        }
        if vr.pro.0 == 0 && vr.feat.tense() == Tense::Past && vr.feat.gender() == arabic::morph::Gender::Fem && nr.pro.0 == 0 {
            return Choice::Verb(v);
        }
        Choice::Noun
    }

    /// Is the word, read as this verb, an event of speaking: "طالب" as he demanded?
    fn speech_verb(&self, l: &Lex, verb: u8) -> bool {
        let lexicon = self.cx.lexicon;
        let speaks = |e: u16| lexicon.events[e as usize].kind == crate::lexicon::EventKind::Speech;
        l.syms.iter().filter(|(_, r)| *r == verb).any(|(s, _)| lexicon.triggers.get(s).is_some_and(|t| t.iter().any(|(e, c)| *c == 1 && speaks(*e))))
    }

    /// Is there nothing so far but a prepositional phrase, since the sentence or clause began?
    fn after_opening(&self) -> bool {
        let phrases = &self.out.phrases;
        let start = phrases.iter().rposition(|p| matches!(p, Phrase::Mark(..) | Phrase::Comp(_))).map_or(0, |k| k + 1);
        let here = &phrases[start..];
        let led = matches!(here.first(), Some(Phrase::Prep(_))) || matches!(here.first(), Some(Phrase::Np(n)) if self.out.nps[*n].shape.prep.is_some());
        led && here.len() <= 3
            && here[1..].iter().all(|p| matches!(p, Phrase::Np(_) | Phrase::Other(_) | Phrase::Time(_)))
            && here.iter().filter(|p| matches!(p, Phrase::Np(_))).count() == 1
    }

    /// Has the clause so far a verb, wherever it stands?
    fn has_verb_before(&self) -> bool {
        let clause = |p: &&Phrase| !matches!(p, Phrase::Mark(..) | Phrase::Quote(..) | Phrase::Comp(_) | Phrase::Sub(_) | Phrase::Rel(_));
        self.out.phrases.iter().rev().take_while(clause).any(|p| matches!(p, Phrase::Verb(_)))
    }

    /// Does the clause so far begin with its verb, followed by noun phrases only?
    fn has_verb(&self) -> bool {
        let back = self.out.phrases.iter().rev().find(|p| !matches!(p, Phrase::Np(_) | Phrase::Time(_) | Phrase::Conj(_)));
        matches!(back, Some(Phrase::Verb(_)))
    }

    /// Is this phrase, just cut, the first behind أن, and somebody?
    pub(super) fn topic(&self, n: NpId) -> bool {
        let np = &self.out.nps[n];
        let at = self.out.phrases.iter().rposition(|p| *p == Phrase::Np(n)).unwrap_or(0);
        let before = self.out.phrases[..at].iter().rfind(|p| !matches!(p, Phrase::Quote(..)));
        let first = matches!(before, Some(Phrase::Comp(_)));
        first && np.shape.prep.is_none() && np.class.any(Class::HUMAN.or(Class::AGENT))
    }

    pub(super) fn choose_is_verb(&mut self, i: usize, l: &Lex) -> bool {
        let Some(v) = l.verb else { return false };
        let w = self.cx.words.get(self.cx.text.tokens[i].word);
        let vr = w.readings[v as usize];
        match l.noun.or(l.adj) {
            None => true,
            Some(n) => {
                let nr = w.readings[n as usize];
                vr.exact && !nr.exact
                    || vr.feat.gender() == arabic::morph::Gender::Fem
                        && vr.feat.tense() == Tense::Past
                        && nr.feat.origin() == Origin::Plain
                        && nr.feat.state() != arabic::morph::State::Any
            }
        }
    }
}
