-- Truth for the predictions of the demo model demand, 3 to 14 days late, for 19 of 20:
-- what was really sold: the expectation behind the forecast and the noise of the world.
-- Parameters: now_ms (milliseconds since the epoch), seed.
INSERT INTO feedback
    (model_id, prediction_id, revision, observed_at, received_at, precedence, batch_id, source, label, value)
WITH
    k -> bitShiftRight(cityHash64({seed:UInt64}, prediction_id, k), 11) / 9007199254740992. AS u,
    k -> sqrt(-2 * log(1 - u(k))) * cos(2 * pi() * u(concat(k, ' angle'))) AS z
SELECT
    'demand', prediction_id, 0,
    fromUnixTimestamp64Milli(known_ms, 'UTC'),
    fromUnixTimestamp64Milli(known_ms + 40, 'UTC'),
    18446744073709551615 - toUInt64(known_ms + 40),
    concat(right(lower(hex(intDiv(known_ms, 86400000) * 86400000)), 12), leftPad('f2', 20, '0')),
    'demo',
    NULL, round(expected + 14 * z('sold'), 1)
FROM
(
    SELECT
        prediction_id, numeric, categorical, segments,
        toUnixTimestamp64Milli(occurred_at) AS at_ms,
        ({now_ms:Int64} - at_ms) / 86400000 AS days_ago,
        at_ms + toInt64((3 + 11 * u('delay')) * 86400000) AS known_ms,
        220 + 80 * sin((numeric[2] - 7) / 24 * 2 * pi()) + if(categorical[1] IN ('Sat', 'Sun'), 35, 0) + if(categorical[2] = 'true', 50, 0)
            + if(categorical[3] = 'true', 40, 0) - 6 * (numeric[3] - 9.5) + 0.8 * (numeric[1] - 12) AS expected
    FROM predictions
    WHERE model_id = 'demand'
)
WHERE known_ms < {now_ms:Int64} - 1000 AND u('is known') < 0.95
SETTINGS optimize_on_insert = 0, insert_deduplicate = 0, max_partitions_per_insert_block = 5000,
    max_block_size = 16384, merge_tree_min_rows_for_concurrent_read = 16384, merge_tree_min_bytes_for_concurrent_read = 1,
    max_insert_threads = 2, parallel_view_processing = 1
