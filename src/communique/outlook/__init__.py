"""What is likely next between actors: calibrated forecasts with their precedents, a replay of the past, what-ifs."""
