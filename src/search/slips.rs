//! How far apart two words are.

/// How many slips lie between two words (optimal string alignment).
pub(super) fn distance(one: &[char], other: &[char]) -> usize {
    let mut rows = [vec![0; other.len() + 1], (0..=other.len()).collect(), vec![0; other.len() + 1]];
    for (i, a) in one.iter().enumerate() {
        let [before, last, row] = &mut rows;
        let get = |row: &[usize], at: usize| row.get(at).copied().unwrap_or(usize::MAX / 2);
        let mut left = i + 1;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (j, b) in other.iter().enumerate() {
            let mut least = (get(last, j) + usize::from(a != b)).min(get(last, j + 1) + 1).min(left + 1);
            let swapped = i > 0 && j > 0 && one.get(i - 1) == Some(b) && other.get(j - 1) == Some(a);
            if swapped {
                least = least.min(get(before, j - 1) + 1);
            }
            if let Some(cell) = row.get_mut(j + 1) {
                *cell = least;
            }
            left = least;
        }
        rows.rotate_left(1);
    }
    rows.get(1).and_then(|row| row.last()).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn slips_are_counted() {
        let count = |a: &str, b: &str| distance(&a.chars().collect::<Vec<_>>(), &b.chars().collect::<Vec<_>>());
        assert_eq!(count("apolgy", "apology"), 1);
        assert_eq!(count("aplogoy", "apology"), 2);
        assert_eq!(count("turst", "trust"), 1);
        assert_eq!(count("trust", "trust"), 0);
        assert_eq!(count("", "abc"), 3);
    }
}
