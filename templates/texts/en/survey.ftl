survey-bad-scale = A scale is two whole numbers, the worst and the best, such as 0-10, 1-5 or 0-1.
