//! The sentences of the report. To cut one into phrases costs more than all that is done before, and many are never asked for: those
//! that tell no event, credit nobody and name no body. So each is cut when it is first looked at.

use crate::phrase::{Context, Cutter, Sentence, actor_at};
use crate::trigger::Lexes;
use arabic::names::NameColumn;
use std::cell::{OnceCell, RefCell};
use std::ops::{Index, Range};

pub(super) struct Sentences<'a> {
    cx: &'a Context<'a>,
    names: RefCell<&'a mut NameColumn>,
    list: Vec<(Lexes<'a>, OnceCell<Sentence>)>,
}

impl<'a> Sentences<'a> {
    pub(super) fn new(cx: &'a Context<'a>, names: &'a mut NameColumn, list: &[Lexes<'a>]) -> Sentences<'a> {
        Sentences { cx, names: RefCell::new(names), list: list.iter().map(|l| (*l, OnceCell::new())).collect() }
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// The tokens of each, uncut.
    pub(super) fn tokens(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        self.list.iter().map(|s| s.0.tokens())
    }

    /// All of them, cut.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Sentence> {
        (0..self.len()).map(|s| &self[s])
    }

    /// Does a name stand here that belongs to a body of one country alone?
    pub(super) fn names_a_body(&self, s: usize) -> bool {
        let (cx, names) = (self.cx, &mut **self.names.borrow_mut());
        let lexicon = cx.lexicon;
        let words = &self.list[s].0;
        let end = words.tokens().end;
        words.iter().filter(|(_, l)| l.names).any(|(i, _)| {
            [true, false]
                .into_iter()
                .any(|joined| actor_at(cx, names, i, end, joined).is_some_and(|m| lexicon.country_told_by(&lexicon.aliases[m.name]).is_some()))
        })
    }
}

impl Index<usize> for Sentences<'_> {
    type Output = Sentence;

    fn index(&self, s: usize) -> &Sentence {
        let (lexes, cut) = &self.list[s];
        cut.get_or_init(|| Cutter::new(self.cx, *lexes, *self.names.borrow_mut()).cut(lexes.tokens()))
    }
}
