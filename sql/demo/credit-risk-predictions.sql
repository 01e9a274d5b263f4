-- History of the demo model credit-risk: binary, positive label 'default'. The same seed and now give the same rows.
-- Stories: income arrives in cents in channel web since day -6; scores of region south rise from day -10 on;
-- version 3.2.0 (day -8) is overconfident; age is missing for five hours on day -3; months_since_enquiry is noise.
-- Parameters: now_ms (milliseconds since the epoch), seed, per_day (rows a day). Thirty days, busiest at noon;
-- what is older than two days was scored in runs every two hours, so that history costs few tallies.
INSERT INTO predictions
    (model_id, model_version, prediction_id, occurred_at, received_at, precedence, batch_id, source, numeric, categorical,
     score, label, value, latency_ms, segments, groups)
WITH
    k -> bitShiftRight(cityHash64({seed:UInt64}, 'credit-risk', number, k), 11) / 9007199254740992. AS u,
    k -> sqrt(-2 * log(1 - u(k))) * cos(2 * pi() * u(concat(k, ' angle'))) AS z
SELECT
    'credit-risk',
    if(days_ago <= 8, '3.2.0', '3.1.0'),
    concat('cr-', leftPad(toString(number), 8, '0')),
    fromUnixTimestamp64Milli(at_ms, 'UTC'),
    fromUnixTimestamp64Milli(at_ms + 40, 'UTC'),
    18446744073709551615 - toUInt64(at_ms + 40),
    concat(right(lower(hex(intDiv(at_ms, 86400000) * 86400000)), 12), leftPad('1', 20, '0')),
    'demo',
    [
        income * if(channel = 'web' AND days_ago <= 6, 100, 1),
        if(days_ago <= 3 AND days_ago > 3 - 5 / 24 AND u('age lost') < 0.8, nan, age),
        debt_ratio, employment_years, loan_amount, late_payments, open_accounts, utilisation, months_since_enquiry
    ],
    [purpose, has_mortgage],
    score,
    if(score >= 0.35, 'default', 'repaid'),
    nan,
    round(6 + 5 * exp(0.5 * z('latency')), 2),
    [channel],
    [sex, age_band, region]
FROM
(
    SELECT
        number, at_ms, days_ago,
        multiIf(u('channel') < 0.55, 'web', u('channel') < 0.9, 'mobile', 'branch') AS channel,
        multiIf(u('region') < 0.35, 'north', u('region') < 0.65, 'south', u('region') < 0.85, 'east',
                u('region') < 0.9997, 'west', 'islands') AS region,
        multiIf(u('sex') < 0.48, 'F', u('sex') < 0.985, 'M', NULL) AS sex,
        18 + floor(62 * pow(u('age'), 1.35)) AS age,
        multiIf(age < 30, '18-29', age < 45, '30-44', age < 60, '45-59', '60+') AS age_band,
        round(42000 * exp(0.42 * z('income')), 2) AS income,
        round(least(0.95, greatest(0.01, 0.35 + 0.13 * z('debt'))), 4) AS debt_ratio,
        round(least(45, -7 * log(1 - u('employment'))), 1) AS employment_years,
        round(exp(9.2 + 0.6 * z('loan')), -2) AS loan_amount,
        multiIf(u('late') < 0.62, 0, u('late') < 0.85, 1, u('late') < 0.95, 2, u('late') < 0.985, 3, 4) AS late_payments,
        1 + floor(9 * u('accounts')) AS open_accounts,
        round(pow(u('utilisation'), 1.3), 4) AS utilisation,
        floor(60 * u('enquiry')) AS months_since_enquiry,
        multiIf(u('purpose') < 0.3, 'car', u('purpose') < 0.55, 'home', u('purpose') < 0.7, 'study',
                u('purpose') < 0.8, 'business', 'other') AS purpose,
        if(u('mortgage') < 0.4, 'true', 'false') AS has_mortgage,
        -2.0 + 3.4 * (utilisation - 0.43) + 4.0 * (debt_ratio - 0.35) + 0.8 * (late_payments - 0.6)
            - 0.35 * log(income / 42000) - 0.05 * (employment_years - 7) AS log_odds,
        log_odds + if(region = 'south', 1.4 * greatest(0, least(1, (10 - days_ago) / 2)), 0) AS seen_log_odds,
        round(1 / (1 + exp(-if(days_ago <= 8, 1.6 * seen_log_odds + 0.6, seen_log_odds))), 2) AS score
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
