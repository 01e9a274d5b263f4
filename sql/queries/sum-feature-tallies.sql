-- Counts of every feature over one window, per model: whole days from the day table, the edges from hours and minutes.
-- Parameters: pairs (model_id, reference_id); segment, '' for everybody; version, '' for all; half-open ranges, empty when from = to.
-- Columns: model_id, n, counts, sums, minima, maxima (layout: the binning set of the reference).
SELECT
    model_id,
    sum(n)                 AS n,
    sumForEachMerge(counts) AS counts,
    sumForEachMerge(sums)   AS sums,
    minForEachMerge(minima) AS minima,
    maxForEachMerge(maxima) AS maxima
FROM
(
    SELECT model_id, n, counts, sums, minima, maxima
    FROM feature_tallies_day
    WHERE (model_id, reference_id) IN {pairs:Array(Tuple(String, String))} AND segment = {segment:String}
      AND ({version:String} = '' OR model_version = {version:String})
      AND minute >= {day_from:DateTime('UTC')} AND minute < {day_to:DateTime('UTC')}
    UNION ALL
    SELECT model_id, n, counts, sums, minima, maxima
    FROM feature_tallies_hour
    WHERE (model_id, reference_id) IN {pairs:Array(Tuple(String, String))} AND segment = {segment:String}
      AND ({version:String} = '' OR model_version = {version:String})
      AND ((minute >= {hour_from_1:DateTime('UTC')} AND minute < {hour_to_1:DateTime('UTC')})
        OR (minute >= {hour_from_2:DateTime('UTC')} AND minute < {hour_to_2:DateTime('UTC')}))
    UNION ALL
    SELECT model_id, n, counts, sums, minima, maxima
    FROM feature_tallies
    WHERE (model_id, reference_id) IN {pairs:Array(Tuple(String, String))} AND segment = {segment:String}
      AND ({version:String} = '' OR model_version = {version:String})
      AND ((minute >= {minute_from_1:DateTime('UTC')} AND minute < {minute_to_1:DateTime('UTC')})
        OR (minute >= {minute_from_2:DateTime('UTC')} AND minute < {minute_to_2:DateTime('UTC')}))
)
GROUP BY model_id
LIMIT 10000
