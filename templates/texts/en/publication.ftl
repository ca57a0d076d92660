publication-unknown-type = There is no journey type { $type } here. Import its events or apply its blueprint first.
publication-too-few-heads = Fewer than { $floor } people work in the teams of this journey: nothing of it can be released without being about persons.
publication-pilot-over = The pilot is over, so no week is closed. Let a team review it, then run: relais pilot end.
publication-pilot-types = In pilot at most { $most } journey types are published. End the pilot first: relais pilot end.
