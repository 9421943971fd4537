"""How reports come in: `readings` puts one into the tables, `copying` marks whose words it has."""
