"""What the model and the user are told: one TOML file a language, same keys, no logic."""
