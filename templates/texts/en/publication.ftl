publication-unknown-type = There is no journey type { $type } here. Import its events or apply its blueprint first.
publication-too-few-heads = Fewer than { $floor } people work in the teams of this journey: nothing of it can be released without being about persons.
