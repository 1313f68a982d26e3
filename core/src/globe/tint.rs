//! How a country is coloured.

/// How much of a country's news is unread.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tint {
    /// It has no publishers here.
    #[default]
    NoPublishers,
    /// Nothing is unread.
    AllRead,
    /// 1 to 9.
    Few,
    /// 10 to 24.
    Some,
    /// 25 to 49.
    Many,
    /// 50 or more.
    Most,
}

impl Tint {
    /// All, from the palest.
    pub const ALL: [Tint; 6] = [
        Tint::NoPublishers,
        Tint::AllRead,
        Tint::Few,
        Tint::Some,
        Tint::Many,
        Tint::Most,
    ];

    /// That of a country with so many publishers and unread stories.
    pub fn of(publishers: u32, unread: u32) -> Self {
        match (publishers, unread) {
            (0, _) => Self::NoPublishers,
            (_, 0) => Self::AllRead,
            (_, 1..10) => Self::Few,
            (_, 10..25) => Self::Some,
            (_, 25..50) => Self::Many,
            (_, 50..) => Self::Most,
        }
    }

    /// Its place in [`Tint::ALL`].
    pub fn level(self) -> u8 {
        self as u8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tint_begins_where_it_says() {
        let of = |unread| Tint::of(3, unread).level();
        let levels = [0, 1, 9, 10, 24, 25, 49, 50, u32::MAX].map(of);
        assert_eq!(levels, [1, 2, 2, 3, 3, 4, 4, 5, 5]);
        assert_eq!(Tint::of(0, 7), Tint::NoPublishers);
        for (at, tint) in Tint::ALL.into_iter().enumerate() {
            assert_eq!(usize::from(tint.level()), at);
        }
    }
}
