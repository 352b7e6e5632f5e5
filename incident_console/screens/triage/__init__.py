"""The triage wizard: once to declare, and again whenever somebody looks at the severity anew."""
