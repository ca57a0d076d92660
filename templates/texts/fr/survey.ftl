survey-bad-scale = Une échelle s’écrit avec deux nombres entiers, le pire et le meilleur, par exemple 0-10, 1-5 ou 0-1.
