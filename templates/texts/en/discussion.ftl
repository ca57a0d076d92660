# The teams' discussions, actions, verdicts, obstacles and sentences.

## Small words
discussion-month = { $month ->
    [1] January
    [2] February
    [3] March
    [4] April
    [5] May
    [6] June
    [7] July
    [8] August
    [9] September
    [10] October
    [11] November
   *[12] December
 } { $year }
discussion-state-open = being tried
discussion-state-kept = kept
discussion-state-changed = changed
discussion-state-dropped = dropped
discussion-state-passed = passed to the process owner
discussion-obstacle-system = The system: slow, down or in the way
discussion-obstacle-promise = A promise made elsewhere that could not be kept
discussion-obstacle-information = Information that was missing
discussion-obstacle-capacity = Capacity: more work than hands
discussion-obstacle-parts = Parts or goods that were missing

## What is refused
discussion-too-long = This is longer than { $most } characters.
discussion-enough-actions = { $most } actions of this discussion are being tried already: decide about one first. Whoever tries more at once learns nothing about any.
