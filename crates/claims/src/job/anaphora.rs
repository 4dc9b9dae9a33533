//! Whom a pronoun, a dropped subject or "the two sides" mean: earlier mentions that agree with it.

use super::refer::FORGOTTEN;
use super::*;
use crate::vocab::without_article;
use arabic::morph::{Gender, Number};
use arabic::words::Enclitic;

/// How far back, in sentences, a pronoun may reach.
const REACH: usize = 2;

impl Job<'_> {
    /// Puts earlier mentions in the place of pronouns: "قصفها القرية", "نقلهم", "مقاتلوها", "الطرفين".
    pub(super) fn pronouns(&mut self) {
        for i in 0..self.protos.len() {
            if self.protos[i].gone {
                continue;
            }
            self.told_by_doer(i);
            self.named_here(i);
            self.bound_pronoun(i);
            self.possessed(i);
            self.sides(i);
        }
    }

    /// "استهدفنا الدبابة": who tells of it did it.
    fn told_by_doer(&mut self, i: usize) {
        let p = &self.protos[i];
        if p.parts.teller.is_some() && p.actors.is_empty() {
            let teller = self.teller(i);
            self.protos[i].actors.extend(teller);
        }
    }

    /// Whom "we" and "our" mean in a claim: who is credited with it, or the body for which he speaks when it is what bodies do.
    fn teller(&self, i: usize) -> Option<Arg> {
        let p = &self.protos[i];
        let c = p.sources.first()?;
        let nps = &self.sentences[c.sentence].nps;
        let body = |n: &NpId| nps[*n].place.is_none() && (!nps[*n].actor.is_empty() || nps[*n].class.any(Class::GROUP));
        let speaks_for = nps[c.np].owner.or(nps[c.np].genitive).filter(body).filter(|_| !p.event_type(self.cx.lexicon).is_speech());
        // a witness or an agency does nothing of what it tells
        let own = (!nps[c.np].class.any(Class::SOURCE)).then_some(c.np);
        let np = speaks_for.or(own)?;
        let basis = if c.sentence == p.sentence { Basis::Named } else { Basis::Inherited };
        Some(Arg { sentence: c.sentence, np, token: None, basis, why: "teller" })
    }

    /// The pronoun written onto the event word itself.
    fn bound_pronoun(&mut self, i: usize) {
        let p = &self.protos[i];
        let Some((slot, pronoun)) = p.parts.pronoun else { return };
        let at = p.trigger.tokens.start;
        let acts = matches!(slot, Slot::Actor | Slot::Both);
        if matches!(pronoun, Enclitic::Us | Enclitic::Me) {
            let teller = self.teller(i).filter(|_| acts && p.actors.is_empty());
            self.protos[i].actors.extend(teller);
            return;
        }
        if acts {
            // "قتالها ضد القوات والحكومة": those behind a preposition are all on the other side
            if p.actors.is_empty()
                || slot == Slot::Both && p.actors.iter().all(|a| matches!(a.why, "prep" | "join"))
                || slot == Slot::Both && p.actors.len() == 1
            {
                let body = self.antecedent(p.sentence, at, pronoun, false);
                // "أن الشابين ارتقيا بعد خوضهما اشتباكا": two people of the same sentence before a body of another
                let people = || self.antecedent(p.sentence, at, pronoun, true).filter(|a| a.sentence == p.sentence);
                // "قدم الأمين العام تعازيه", "يخطط أقاربهم للدعوى بعد رفضهم": people who are the subject of the clause, also when they are no body
                let subject = || {
                    self.main_subject(p.sentence, p.trigger.phrase)
                        .into_iter()
                        .find(|n| self.sentences[p.sentence].nps[*n].class.any(Class::HUMAN) && self.agrees(p.sentence, *n, pronoun))
                };
                // (of the same clause)
                let clause = |n: &NpId| {
                    let s = &self.sentences[p.sentence];
                    let from = s.phrases.iter().position(|x| *x == Phrase::Np(*n)).unwrap_or(0);
                    !s.phrases[from..p.trigger.phrase.max(from)].iter().any(|x| matches!(x, Phrase::Comp(_) | Phrase::Sub(_) | Phrase::Mark(_, ';' | ':')))
                };
                let subject = || subject().filter(clause).map(|np| Arg { sentence: p.sentence, np, token: None, basis: Basis::Named, why: "antecedent" });
                let found = match body {
                    Some(a) if a.sentence == p.sentence => Some(a),
                    body => people().filter(|_| pronoun == Enclitic::Two).or_else(subject).or(body),
                };
                self.protos[i].actors.extend(found.map(|a| Arg { why: "pronoun", ..a }));
            }
            return;
        }
        if !matches!(slot, Slot::Recipient | Slot::Target) || !p.recipients.is_empty() {
            return;
        }
        let s = p.sentence;
        // "هاجم الزعيم رئيس الحكومة متهما إياه": whoever the subject dealt with
        if p.parts.state_of_subject && matches!(p.trigger.form, Form::Noun(_)) {
            let subject = self.main_subject(s, p.trigger.phrase);
            let sentence = &self.sentences[s];
            let fits = |n: &NpId| {
                let np = &sentence.nps[*n];
                let somebody = np.class.any(Class::HUMAN.or(Class::GROUP).or(Class::NAMELIKE)) || !np.actor.is_empty();
                somebody && !np.event && !subject.contains(n) && self.agrees(s, *n, pronoun)
            };
            let before = sentence.phrases[..p.trigger.phrase].iter().rev().filter_map(|x| if let Phrase::Np(n) = x { Some(*n) } else { None });
            if let Some(np) = before.take(8).find(fits) {
                self.protos[i].recipients.push(Arg { sentence: s, np, token: None, basis: Basis::Named, why: "pronoun" });
                return;
            }
        }
        // to whom something was done before, or the people named last
        let before = |back: usize| (0..i).rev().map(|j| &self.protos[j]).take_while(move |q| q.sentence + back >= s);
        let done_to = |back: usize| {
            before(back).find(|q| !q.gone && !q.recipients.is_empty()).map(|q| q.recipients.clone()).filter(|list| {
                let several = list.len() > 1;
                list.iter().all(|a| several && matches!(pronoun, Enclitic::Them | Enclitic::Two) || self.agrees(a.sentence, a.np, pronoun))
            })
        };
        let acts = |a: &Arg| before(0).chain([&self.protos[i]]).any(|q| q.actors.iter().any(|x| (x.sentence, x.np) == (a.sentence, a.np)));
        let person = self.antecedent(s, at, pronoun, true);
        let here = person.clone().filter(|a| a.sentence == s && pronoun == Enclitic::Him && !acts(a));
        let found = done_to(0).or(here.map(|a| vec![a])).or_else(|| done_to(1)).unwrap_or_else(|| person.into_iter().collect());
        let basis = |a: &Arg| if a.sentence == s { Basis::Named } else { Basis::Inherited };
        self.protos[i].recipients = found.into_iter().map(|a| Arg { basis: basis(&a), why: "pronoun", ..a }).collect();
        self.taken_away(i);
    }

    /// "أطلق النار على تاجر ما أدى إلى مقتله", "سقطت قذيفة على منزل الفلاح وأدت لاستشهاده": the death or hurt with a pronoun that something led to is that of the
    /// one person to whom it was done, or whom the sentence has last before it behind another word.
    pub(super) fn counted_by_pronoun(&self, index: usize, protos: &mut [Proto]) {
        let s = &self.sentences[index];
        for i in 0..protos.len() {
            let p = &protos[i];
            let Some(kind) = self.cx.lexicon.events[p.event].counts.filter(|k| matches!(k, CountKind::Killed | CountKind::Injured)) else { continue };
            let Some((Slot::Recipient | Slot::Target, pronoun @ (Enclitic::Him | Enclitic::Her))) = p.parts.pronoun else { continue };
            let brought = s.phrases[..p.trigger.phrase].iter().rev().find_map(|x| if let Phrase::Verb(v) = x { Some(*v) } else { None });
            let Some(brought) = brought.filter(|v| self.is(index, *v, &self.cx.lexicon.sets.brought)) else { continue };
            if p.gone || !p.counts.is_empty() || !p.recipients.is_empty() {
                continue;
            }
            let done_to = protos[..i].iter().rev().filter(|q| !q.gone).find_map(|q| match q.recipients.as_slice() {
                [a] => (a.sentence == index && self.agrees(index, a.np, pronoun)).then_some(a.np),
                _ => None,
            });
            let led = |n: NpId| s.nps[n].shape.prep.is_some() || !s.phrases.contains(&Phrase::Np(n));
            let person = |n: &NpId| {
                s.nps[*n].tokens.end <= brought
                    && s.nps[*n].class.any(Class::HUMAN)
                    && !s.nps[*n].class.any(Class::GROUP)
                    && !s.nps[*n].event
                    && self.agrees(index, *n, pronoun)
            };
            let last = || (0..s.nps.len()).filter(person).max_by_key(|n| s.nps[*n].tokens.start).filter(|n| led(*n));
            let one = done_to.or_else(last).and_then(|n| self.tally(index, n, kind)).filter(|t| t.low == Some(1.0) && t.high == Some(1.0));
            let known = |t: &Tally| protos.iter().any(|q| q.counts.iter().any(|c| c.0 == index && c.1.kind == kind && c.1.tokens.start == t.tokens.start));
            let one = one.filter(|t| !known(t));
            protos[i].counts.extend(one.map(|t| (index, Tally { why: "count.pronoun", ..t })));
        }
    }

    /// Does the event take people away from where they were hurt?
    pub(super) fn takes_away(&self, p: &Proto) -> bool {
        self.cx.lexicon.events[p.event].counts == Some(CountKind::Evacuated)
    }

    /// "أصيب ثلاثة ..., تم نقلهم إلى المشفى": as many were taken there.
    fn taken_away(&mut self, i: usize) {
        let p = &self.protos[i];
        if !self.takes_away(p) || !p.counts.is_empty() {
            return;
        }
        let all = p.recipients.iter().filter_map(|a| self.tally(a.sentence, a.np, CountKind::Evacuated).map(|t| (a.sentence, t)));
        let counts: Vec<(usize, Tally)> = all.filter(|c| c.1.vague.is_none()).collect();
        self.protos[i].counts = counts;
    }

    /// "مقاتلوها", "قواته", "طائراتهم": the armed people and arms of somebody stand for him.
    fn possessed(&mut self, i: usize) {
        let replace = |list: &[Arg], others: &[Arg]| -> Vec<Arg> {
            list.iter()
                .map(|a| {
                    let np = &self.sentences[a.sentence].nps[a.np];
                    let pronoun = np.pron;
                    let body = np.class.any(Class::GROUP.or(Class::FLEET)) && !np.class.any(Class::WEAPON);
                    let armed = body || np.tags.any(self.cx.lexicon.tags.combatant);
                    if pronoun == Enclitic::None || !armed || a.token.is_some() {
                        return a.clone();
                    }
                    if pronoun == Enclitic::Us {
                        return self.teller(i).unwrap_or_else(|| a.clone());
                    }
                    match self.antecedent(a.sentence, np.tokens.start, pronoun, false) {
                        // "القوات ومرتزقتها": beside their owner they are others
                        Some(owner) if list.iter().any(|x| (x.sentence, x.np) == (owner.sentence, owner.np) || self.same_name(x, &owner)) => a.clone(),
                        // "قصف الطيران موضعا لعناصره": nobody does it to his own
                        Some(owner) if others.iter().any(|x| (x.sentence, x.np) == (owner.sentence, owner.np) || self.same_name(x, &owner)) => a.clone(),
                        Some(owner) => Arg { why: "possessed", ..owner },
                        None => a.clone(),
                    }
                })
                .collect()
        };
        let (actors, recipients) = (replace(&self.protos[i].actors, &[]), replace(&self.protos[i].recipients, &self.protos[i].actors));
        self.protos[i].actors = distinct(actors);
        self.protos[i].recipients = distinct(recipients);
    }

    /// "بين الطرفين", "الجانبان": both sides of what was told before.
    fn sides(&mut self, i: usize) {
        let lexicon = self.cx.lexicon;
        let both = |list: &[Arg]| {
            list.iter().position(|a| self.lexes[a.sentence].get(self.sentences[a.sentence].nps[a.np].head).is_some_and(|l| l.has_any(&lexicon.sets.sides)))
        };
        let (in_actors, in_recipients) = (both(&self.protos[i].actors), both(&self.protos[i].recipients));
        if in_actors.is_none() && in_recipients.is_none() {
            return;
        }
        // of the fight itself, or of what was told before
        let own = (in_actors.is_none() && self.protos[i].modes.contains("clash")).then_some(i);
        let s = self.protos[i].sentence;
        let before = (0..i).rev().take_while(|j| self.protos[*j].sentence + FORGOTTEN > s);
        let two = own.into_iter().chain(before).map(|j| &self.protos[j]).find_map(|q| {
            let mut list: Vec<Arg> = q.actors.clone();
            if list.len() < 2 {
                list.extend(q.recipients.iter().filter(|a| self.identify(a.sentence, a.np, None).civilian != Some(true)).cloned());
            }
            let list = distinct(list);
            let side = |a: &Arg| {
                let np = &self.sentences[a.sentence].nps[a.np];
                !np.actor.is_empty() || np.class.any(Class::GROUP.or(Class::FLEET)) || np.tags.any(lexicon.tags.combatant)
            };
            // (whoever fought one another is a side, also "أفراد العشيرة")
            let fought = q.modes.contains("clash") && q.actors.len() == 2;
            (!q.gone && list.len() >= 2 && (fought || list.iter().all(side))).then_some(list)
        });
        let Some(two) = two else { return };
        let two: Vec<Arg> =
            two.into_iter().map(|a| Arg { basis: if a.sentence == s { Basis::Named } else { Basis::Inherited }, why: "both-sides", ..a }).collect();
        let put = |list: &mut Vec<Arg>, at: usize| {
            list.splice(at..=at, two.iter().cloned());
        };
        if let Some(at) = in_actors {
            put(&mut self.protos[i].actors, at);
        }
        if let Some(at) = in_recipients {
            put(&mut self.protos[i].recipients, at);
        }
    }

    /// "التنظيم", "جنود الحركة": a group called by what it is alone is the one of that kind named last.
    pub(super) fn named_before(&self, s: usize, n: NpId) -> Option<Identity> {
        self.mention_before(s, n).map(|(_, id)| Identity { why: "named before".into(), ..id })
    }

    /// "مناطق تخضع لتنظيم داعش ... قيام [التنظيم]": where its sentence names the group, the name is quoted.
    fn named_here(&mut self, i: usize) {
        let name = |a: &Arg| {
            let nps = &self.sentences[a.sentence].nps;
            let bare = a.token.is_none() && nps[a.np].class.any(Class::GROUP) && nps[a.np].owner.or(nps[a.np].genitive).is_none();
            let ((at, np), _) = self.mention_before(a.sentence, a.np).filter(|_| bare)?;
            // (by the same noun: "تنظيم داعش ... التنظيم")
            let lemma = |n: NpId| {
                let word = self.cx.words.get(self.cx.text.tokens[nps[n].head].word);
                self.lexes[a.sentence].get(nps[n].head).and_then(|l| l.noun).map(|r| word.readings[r as usize].lemma)
            };
            (at == a.sentence && lemma(np) == lemma(a.np)).then(|| Arg { np, why: "named-here", ..a.clone() })
        };
        let replace = |list: &[Arg]| distinct(list.iter().map(|a| name(a).unwrap_or_else(|| a.clone())).collect());
        let (actors, recipients) = (replace(&self.protos[i].actors), replace(&self.protos[i].recipients));
        self.protos[i].actors = actors;
        self.protos[i].recipients = recipients;
    }

    /// The mention that names the group which a phrase calls by what it is, and who that is.
    pub(super) fn mention_before(&self, s: usize, n: NpId) -> Option<((usize, NpId), Identity)> {
        let lexicon = self.cx.lexicon;
        let np = &self.sentences[s].nps[n];
        let bare = |m: NpId| {
            let x = &self.sentences[s].nps[m];
            x.shape.the
                && x.class.any(Class::GROUP)
                && x.actor.is_empty()
                && x.place.is_none()
                && x.adjectives.is_empty()
                && x.genitive.is_none()
                && x.owner.is_none()
        };
        // the phrase itself, or whose members it names
        let inner = |m: NpId| self.sentences[s].nps[m].owner.or(self.sentences[s].nps[m].genitive);
        let whole = std::iter::successors(Some(n), |m| inner(*m)).take(4).find(|m| bare(*m)).filter(|m| *m == n || np.class.any(Class::AGENT))?;
        let head = self.sentences[s].nps[whole].head;
        let kind = self.lexes[s].get(head).filter(|l| {
            l.syms.iter().any(|(sym, _)| lexicon.head_syms.get(sym).is_some_and(|h| matches!(lexicon.heads[*h as usize].id, "group" | "party" | "forces")))
        })?;
        let by_head = without_article(self.key(head));
        let lemma = kind.noun.map(|r| self.cx.words.get(self.cx.text.tokens[head].word).readings[r as usize].lemma)?;
        let called = self.cx.words.dictionary().lemma(lemma).text;
        (s.saturating_sub(FORGOTTEN)..=s).rev().find_map(|at| {
            let sentence = &self.sentences[at];
            let before = (0..sentence.nps.len()).filter(|m| at < s || sentence.nps[*m].tokens.end <= head);
            let named = before.filter(|m| !sentence.nps[*m].actor.is_empty()).filter_map(|m| {
                let id = who::identify(self.cx, sentence, &self.lexes[at], m, &self.setting, None, 0);
                let actor = &lexicon.actors[id.actor?];
                // ("السرايا" are "سرايا القدس", "القوات" are "قوات النظام")
                let fuller = sentence.nps[m].core.len() > 1 && sentence.nps[m].head != head && without_article(self.key(sentence.nps[m].head)) == by_head;
                let so_called = fuller || actor.name.split(' ').any(|w| without_article(w) == called);
                (!actor.state && so_called).then_some((sentence.nps[m].tokens.start, m, id))
            });
            named.max_by_key(|(start, ..)| *start).map(|(_, m, id)| ((at, m), id))
        })
    }

    /// Who fought those to whom something happened in that fight did it: "اشتباكات بين الجيش والمسلحين ... أسفرت عن مقتل جنود".
    pub(super) fn opponents(&mut self, i: usize) -> bool {
        let lexicon = self.cx.lexicon;
        let p = &self.protos[i];
        let victims: Vec<usize> = p.recipients.iter().filter_map(|a| self.identify(a.sentence, a.np, None).actor).collect();
        if victims.is_empty() || p.event_type(lexicon) != EventType::Assault {
            return false;
        }
        let s = p.sentence;
        let fight =
            (0..i).rev().map(|j| &self.protos[j]).take_while(|q| q.sentence + 1 >= s).find(|q| !q.gone && q.modes.contains("clash") && q.actors.len() == 2);
        let Some(q) = fight else { return false };
        let side = |a: &Arg| self.identify(a.sentence, a.np, None).actor.is_some_and(|x| victims.contains(&x));
        let (hit, others): (Vec<&Arg>, Vec<&Arg>) = q.actors.iter().partition(|a| side(a));
        if hit.is_empty() || others.is_empty() {
            return false;
        }
        let list =
            others.into_iter().map(|a| Arg { basis: if a.sentence == s { Basis::Named } else { Basis::Inherited }, why: "opponent", ..a.clone() }).collect();
        self.protos[i].actors = list;
        true
    }

    /// The nearest earlier mention that a pronoun at `token` of sentence `s` can mean: of its own sentence, then of those before;
    /// one that stands without preposition before others.
    pub(super) fn antecedent(&self, s: usize, token: usize, pronoun: Enclitic, people: bool) -> Option<Arg> {
        // "بالتزامن مع عدوانه على القطاع، يصعد الجيش": before the verb of its sentence a pronoun means what follows
        let here = &self.sentences[s];
        let front = here.phrases.iter().take_while(|p| here.start(p, self.cx) < token).count();
        let front = &here.phrases[..front];
        let plain = |list: &[Phrase]| !list.iter().any(|p| matches!(p, Phrase::Verb(_) | Phrase::Comp(_)));
        // "أنه بالتزامن مع عدوانه يصعد الجيش"
        let framed = || {
            let clause = front.iter().rposition(|p| matches!(p, Phrase::Comp(_))).map(|c| &front[c + 1..]).filter(|c| plain(c));
            clause.and_then(<[Phrase]>::first).is_some_and(|p| match p {
                Phrase::Np(n) => here.nps[*n].shape.prep.is_some(),
                // ("بالتزامن مع")
                p => matches!(p, Phrase::Prep(_) | Phrase::Time(_) | Phrase::Other(_)),
            })
        };
        let opens = plain(front) || framed();
        let opens = opens && here.phrases.iter().any(|p| matches!(p, Phrase::Verb(v) if *v > token));
        let places = std::iter::once((0, true)).filter(|_| opens && !people).chain((0..=REACH.min(s)).map(|back| (back, false)));
        for (back, ahead) in places {
            let at = s - back;
            let sentence = &self.sentences[at];
            let tags = &self.cx.lexicon.tags;
            let fits = |n: NpId| {
                let np = &sentence.nps[n];
                let body = if people {
                    np.class.any(Class::HUMAN) && np.actor.is_empty()
                } else {
                    !np.actor.is_empty() && (np.place.is_none() || np.shape.prep.is_none())
                        || np.class.any(Class::GROUP)
                        || np.tags.any(tags.combatant.or(tags.official))
                        || np.name.is_some()
                };
                let event = np.event && !(people && np.class.any(Class::CASUALTY));
                let body = body && (np.place.is_none() || !np.actor.is_empty());
                // (a journalist who is named is spoken of)
                let told_of = !np.class.any(Class::SOURCE) || people && np.name.is_some();
                body && !event && np.pron == Enclitic::None && (np.tokens.end <= token) != ahead && told_of && self.agrees(at, n, pronoun)
            };
            if ahead {
                let subject = (1..sentence.phrases.len()).find_map(|k| match (&sentence.phrases[k - 1], &sentence.phrases[k]) {
                    (Phrase::Verb(_), Phrase::Np(n)) if fits(*n) && sentence.nps[*n].shape.prep.is_none() => Some(*n),
                    _ => None,
                });
                if let Some(np) = subject {
                    return Some(Arg { sentence: at, np, token: None, basis: Basis::Named, why: "antecedent.ahead" });
                }
                continue;
            }
            let bare = sentence.phrases.iter().enumerate().rev().find_map(|(k, p)| match p {
                Phrase::Np(n) => {
                    let led = sentence.nps[*n].shape.prep.is_some() || k > 0 && matches!(sentence.phrases[k - 1], Phrase::Prep(_));
                    (!led && fits(*n)).then_some(*n)
                }
                _ => None,
            });
            let found =
                bare.or_else(|| (0..sentence.nps.len()).filter(|n| fits(*n)).max_by_key(|n| (sentence.nps[*n].tokens.start, sentence.nps[*n].tokens.len())));
            if let Some(np) = found {
                let basis = if back == 0 { Basis::Named } else { Basis::Inherited };
                return Some(Arg { sentence: at, np, token: None, basis, why: "antecedent" });
            }
        }
        None
    }

    /// The pronoun on the أن right before the event word: "أشارت السلطات إلى [أنه] فجر نفسه".
    pub(super) fn told_pronoun(&self, p: &Proto) -> Option<Enclitic> {
        let Some(Phrase::Comp(i)) = self.sentences[p.sentence].phrases[..p.trigger.phrase].last() else { return None };
        let (_, r) = self.lexes[p.sentence].get(*i)?.particle?;
        let pronoun = self.cx.words.get(self.cx.text.tokens[*i].word).readings[r as usize].enc;
        (pronoun != Enclitic::None).then_some(pronoun)
    }

    /// Can the pronoun mean this phrase, by gender and number? What is not known agrees.
    pub(super) fn agrees(&self, s: usize, n: NpId, pronoun: Enclitic) -> bool {
        let np = &self.sentences[s].nps[n];
        let reading = np.reading.and_then(|r| self.cx.words.get(self.cx.text.tokens[np.head].word).readings.get(r as usize));
        let person = np.class.any(Class::HUMAN) && !np.class.any(Class::GROUP);
        let counted = np.number.is_some() || np.quantifier.is_some();
        let number = match reading.map(|r| r.feat.number()) {
            _ if counted => Number::Plural,
            Some(n) => n,
            None => Number::Any,
        };
        let gender = reading.map_or(Gender::Any, |r| r.feat.gender());
        match pronoun {
            Enclitic::Him => !matches!(number, Number::Plural | Number::Dual) && gender != Gender::Fem,
            Enclitic::Her => match number {
                Number::Plural => !person,
                Number::Dual => false,
                _ => gender != Gender::Masc,
            },
            Enclitic::Two => number == Number::Dual,
            // ("الحوثيون" are people, "القوات" are not)
            Enclitic::Them | Enclitic::ThemFem => {
                number == Number::Plural && (person || np.class.any(Class::HUMAN) || !np.actor.is_empty() && gender == Gender::Masc)
            }
            _ => false,
        }
    }
}

/// Every mention once, in order.
pub(super) fn distinct(list: Vec<Arg>) -> Vec<Arg> {
    let mut out: Vec<Arg> = Vec::new();
    for a in list {
        if !out.iter().any(|x| (x.sentence, x.np, x.token) == (a.sentence, a.np, a.token)) {
            out.push(a);
        }
    }
    out
}
