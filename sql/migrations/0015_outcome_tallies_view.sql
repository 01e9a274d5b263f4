CREATE MATERIALIZED VIEW IF NOT EXISTS outcome_tallies_view {on_cluster} TO outcome_tallies AS
SELECT
    model_id, score_binning, segment, group_key, minute, model_version, labelled, is_revision, score_bin, predicted, actual,
    sum(n) AS n, sum(score_sum) AS score_sum, sum(log_loss) AS log_loss, sum(log_loss_squares) AS log_loss_squares,
    sum(error) AS error, sum(error_squares) AS error_squares, sum(error_fourths) AS error_fourths,
    sum(absolute_error) AS absolute_error, sum(actual_sum) AS actual_sum, sum(actual_squares) AS actual_squares
FROM outcome_tallies_in
GROUP BY
    model_id, score_binning, segment, group_key, minute, model_version, labelled, is_revision, score_bin, predicted, actual
