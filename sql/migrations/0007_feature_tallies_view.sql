CREATE MATERIALIZED VIEW IF NOT EXISTS feature_tallies_view {on_cluster} TO feature_tallies AS
SELECT
    model_id, reference_id, segment, minute, model_version,
    sum(n) AS n,
    sumForEachState(counts) AS counts,
    sumForEachState(sums) AS sums,
    minForEachState(minima) AS minima,
    maxForEachState(maxima) AS maxima
FROM feature_tallies_in
GROUP BY model_id, reference_id, segment, minute, model_version
