-- Truth for the predictions of the demo model credit-risk, 3 to 14 days late, for 19 of 20:
-- whether the loan defaulted: drawn by the true odds, which the income bug and the scores do not touch.
-- Parameters: now_ms (milliseconds since the epoch), seed.
INSERT INTO feedback
    (model_id, prediction_id, revision, observed_at, received_at, precedence, batch_id, source, label, value)
WITH
    k -> bitShiftRight(cityHash64({seed:UInt64}, prediction_id, k), 11) / 9007199254740992. AS u,
    k -> sqrt(-2 * log(1 - u(k))) * cos(2 * pi() * u(concat(k, ' angle'))) AS z
SELECT
    'credit-risk', prediction_id, 0,
    fromUnixTimestamp64Milli(known_ms, 'UTC'),
    fromUnixTimestamp64Milli(known_ms + 40, 'UTC'),
    18446744073709551615 - toUInt64(known_ms + 40),
    concat(right(lower(hex(intDiv(known_ms, 86400000) * 86400000)), 12), leftPad('f1', 20, '0')),
    'demo',
    if(u('truth') < 1 / (1 + exp(-log_odds)), 'default', 'repaid'), nan
FROM
(
    SELECT
        prediction_id, numeric, categorical, segments,
        toUnixTimestamp64Milli(occurred_at) AS at_ms,
        ({now_ms:Int64} - at_ms) / 86400000 AS days_ago,
        at_ms + toInt64((3 + 11 * u('delay')) * 86400000) AS known_ms,
        numeric[1] / if(segments[1] = 'web' AND days_ago <= 6, 100, 1) AS income,
        -2.0 + 3.4 * (numeric[8] - 0.43) + 4.0 * (numeric[3] - 0.35) + 0.8 * (numeric[6] - 0.6)
            - 0.35 * log(income / 42000) - 0.05 * (numeric[4] - 7) AS log_odds
    FROM predictions
    WHERE model_id = 'credit-risk'
)
WHERE known_ms < {now_ms:Int64} - 1000 AND u('is known') < 0.95
SETTINGS optimize_on_insert = 0, insert_deduplicate = 0, max_partitions_per_insert_block = 5000,
    max_block_size = 16384, merge_tree_min_rows_for_concurrent_read = 16384, merge_tree_min_bytes_for_concurrent_read = 1,
    max_insert_threads = 2, parallel_view_processing = 1
