CREATE MATERIALIZED VIEW IF NOT EXISTS prediction_keys_view {on_cluster} TO prediction_keys AS
SELECT model_id, prediction_id, occurred_at, model_version, precedence, score, scores, label, value, segments, groups
FROM predictions
