-- Counts of every feature of one model per bucket of time, from the table that is fine enough for the step.
-- Parameters: table (from our catalogue), model, reference, segment, version, half-open window, step in seconds.
-- Columns: bucket (seconds since the epoch), n, counts, sums.
SELECT
    toUInt32(intDiv(toUnixTimestamp(minute), {step:UInt32}) * {step:UInt32}) AS bucket,
    sum(n)                  AS n,
    sumForEachMerge(counts) AS counts,
    sumForEachMerge(sums)   AS sums
FROM {table:Identifier}
WHERE model_id = {model:String} AND reference_id = {reference:String} AND segment = {segment:String}
  AND ({version:String} = '' OR model_version = {version:String})
  AND minute >= {from:DateTime('UTC')} AND minute < {to:DateTime('UTC')}
GROUP BY bucket
ORDER BY bucket
LIMIT 2000
