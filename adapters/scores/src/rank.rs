//! Places in a league: equals share a place, and how much of something says nothing about how good it is.

/// Places from 1, the greatest value first; equal values share the better place.
pub fn places<T: Ord>(values: &[T]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|one, other| values[*other].cmp(&values[*one]));
    let mut places = vec![0; values.len()];
    for (position, index) in order.iter().enumerate() {
        let equal = position.checked_sub(1).filter(|before| values[order[*before]] == values[*index]);
        places[*index] = equal.map_or(position + 1, |before| places[order[before]]);
    }
    places
}

/// How many places each is better by quantity than by quality: high where much is offered and little is good.
pub fn gaps<Q: Ord, S: Ord>(quantity: &[Q], quality: &[S]) -> Vec<i64> {
    let place = |place: usize| i64::try_from(place).unwrap_or(i64::MAX);
    places(quantity).into_iter().zip(places(quality)).map(|(much, good)| place(good) - place(much)).collect()
}
