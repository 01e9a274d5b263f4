CREATE MATERIALIZED VIEW IF NOT EXISTS feature_tallies_hour_view {on_cluster} TO feature_tallies_hour AS
SELECT
    model_id, reference_id, segment, toStartOfHour(source_minute) AS minute, model_version,
    sum(n) AS n,
    sumForEachState(counts) AS counts,
    sumForEachState(sums) AS sums,
    minForEachState(minima) AS minima,
    maxForEachState(maxima) AS maxima
FROM (SELECT * EXCEPT (minute), minute AS source_minute FROM feature_tallies_in)
GROUP BY model_id, reference_id, segment, minute, model_version
