-- History of the demo model demand: regression, a forecast for some hour of the coming week.
-- Story: temperature creeps up since day -20 and the forecast follows it, so that the error stays what it was.
-- Parameters: now_ms (milliseconds since the epoch), seed, per_day (rows a day). Thirty days, busiest at noon;
-- what is older than two days was scored in runs every two hours, so that history costs few tallies.
INSERT INTO predictions
    (model_id, model_version, prediction_id, occurred_at, received_at, precedence, batch_id, source, numeric, categorical,
     score, value, latency_ms, segments, groups)
WITH
    k -> bitShiftRight(cityHash64({seed:UInt64}, 'demand', number, k), 11) / 9007199254740992. AS u,
    k -> sqrt(-2 * log(1 - u(k))) * cos(2 * pi() * u(concat(k, ' angle'))) AS z
SELECT
    'demand',
    '2026.10',
    concat('de-', leftPad(toString(number), 8, '0')),
    fromUnixTimestamp64Milli(at_ms, 'UTC'),
    fromUnixTimestamp64Milli(at_ms + 40, 'UTC'),
    18446744073709551615 - toUInt64(at_ms + 40),
    concat(right(lower(hex(intDiv(at_ms, 86400000) * 86400000)), 12), leftPad('2', 20, '0')),
    'demo',
    [temperature, hour, price, stock, round(expected + 18 * z('lag 24'), 1), round(expected + 14 * z('lag 168'), 1)],
    [weekday, is_holiday, promo],
    nan,
    round(expected + 5 * z('forecast'), 1),
    round(3 + 2 * exp(0.4 * z('latency')), 2),
    [store],
    []
FROM
(
    SELECT
        number, at_ms,
        multiIf(u('store') < 0.5, 'city', u('store') < 0.8, 'mall', 'rural') AS store,
        floor(24 * u('hour')) AS hour,
        ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'][1 + toUInt8(floor(7 * u('weekday')))] AS weekday,
        if(u('holiday') < 0.03, 'true', 'false') AS is_holiday,
        if(u('promo') < 0.2, 'true', 'false') AS promo,
        round(9.5 + 1.2 * z('price'), 2) AS price,
        floor(150 + 250 * u('stock')) AS stock,
        round(12 + 4 * sin((hour - 9) / 24 * 2 * pi()) + 4 * z('temperature')
            + 9 * greatest(0, least(1, (20 - days_ago) / 20)), 1) AS temperature,
        220 + 80 * sin((hour - 7) / 24 * 2 * pi()) + if(weekday IN ('Sat', 'Sun'), 35, 0) + if(is_holiday = 'true', 50, 0)
            + if(promo = 'true', 40, 0) - 6 * (price - 9.5) + 0.8 * (temperature - 12) AS expected
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
