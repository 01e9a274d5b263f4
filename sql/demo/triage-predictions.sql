-- History of the demo model triage: five classes by urgency, the last one rare. Nothing happens to it.
-- Parameters: now_ms (milliseconds since the epoch), seed, per_day (rows a day). Thirty days, busiest at noon;
-- what is older than two days was scored in runs every two hours, so that history costs few tallies.
INSERT INTO predictions
    (model_id, model_version, prediction_id, occurred_at, received_at, precedence, batch_id, source, numeric, categorical,
     score, scores, label, value, latency_ms, segments, groups)
WITH
    k -> bitShiftRight(cityHash64({seed:UInt64}, 'triage', number, k), 11) / 9007199254740992. AS u,
    k -> sqrt(-2 * log(1 - u(k))) * cos(2 * pi() * u(concat(k, ' angle'))) AS z,
    ['self_care', 'practice', 'urgent', 'emergency', 'resuscitation'] AS classes
SELECT
    'triage',
    '1.4.2',
    concat('tr-', leftPad(toString(number), 8, '0')),
    fromUnixTimestamp64Milli(at_ms, 'UTC'),
    fromUnixTimestamp64Milli(at_ms + 40, 'UTC'),
    18446744073709551615 - toUInt64(at_ms + 40),
    concat(right(lower(hex(intDiv(at_ms, 86400000) * 86400000)), 12), leftPad('3', 20, '0')),
    'demo',
    [
        round(74 + 9 * urgency + 12 * z('heart rate')), round(36.8 + 0.25 * urgency + 0.5 * z('temperature'), 1),
        floor(95 * u('age')), round(least(100, 98.2 - 1.6 * urgency + 1.2 * z('spo2'))),
        greatest(0, least(10, round(2 + 1.4 * urgency + 1.5 * z('pain')))), round(-20 * log(1 - u('duration')), 1)
    ],
    [
        ['rash', 'cough', 'abdominal pain', 'chest pain', 'injury', 'other'][1 + toUInt8(floor(6 * u('symptom')))],
        if(u('arrival') < 0.1 + 0.2 * urgency, 'ambulance', 'walk-in')
    ],
    nan,
    arrayMap(w -> round(w / arraySum(weights), 6), weights) AS shares,
    classes[indexOf(shares, arrayMax(shares))],
    nan,
    round(12 + 6 * exp(0.5 * z('latency')), 2),
    [multiIf(u('site') < 0.5, 'central', u('site') < 0.8, 'harbour', 'north')],
    [if(u('sex') < 0.5, 'F', 'M')]
FROM
(
    SELECT
        number, at_ms,
        multiIf(u('class') < 0.38, 0, u('class') < 0.72, 1, u('class') < 0.915, 2, u('class') < 0.99, 3, 4) AS urgency,
        urgency + 0.55 * z('look') AS look,
        arrayMap((i, share) -> share * exp(-pow(look - i, 2) / 0.605), [0, 1, 2, 3, 4], [0.38, 0.34, 0.195, 0.075, 0.01]) AS weights
    FROM
    (
        SELECT
            number,
            (number % {per_day:UInt32} + u('time')) / {per_day:UInt32} AS share,
            toInt64((intDiv({now_ms:Int64}, 86400000) - 30 + intDiv(number, {per_day:UInt32})
                + least(0.999999, share + 0.1 * sin(2 * pi() * share))) * 86400000) AS smooth_ms,
            if({now_ms:Int64} - smooth_ms < 172800000, smooth_ms, intDiv(smooth_ms, 7200000) * 7200000 + smooth_ms % 60000) AS at_ms,
            ({now_ms:Int64} - at_ms) / 86400000 AS days_ago
        FROM numbers_mt(31 * {per_day:UInt32})
    )
    WHERE at_ms < {now_ms:Int64} - 1000 AND days_ago <= 30
)
SETTINGS optimize_on_insert = 0, insert_deduplicate = 0, max_partitions_per_insert_block = 5000,
    max_block_size = 16384, merge_tree_min_rows_for_concurrent_read = 16384, merge_tree_min_bytes_for_concurrent_read = 1,
    max_insert_threads = 2, parallel_view_processing = 1
