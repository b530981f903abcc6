-- The contents page of the database's code: a folder after what it uses, so that no two folders point at each other. Every object is created or
-- replaced; what this file no longer names is dropped at its end. It runs in one transaction, after the migrations:
-- psql runs it as part of sql/psql.sql, Node through src/install.ts.

-- Settings: defaults are code, overrides are data.
\ir setting/setting_default.sql
\ir setting/setting.sql
\ir setting/interval_setting.sql
\ir setting/boolean_setting.sql
\ir setting/integer_setting.sql
\ir setting/floats_setting.sql
\ir setting/set_setting.sql
\ir setting/reset_setting.sql

-- Locks: rows and tables that only the owner can lock.
\ir lock/take_lock.sql
\ir lock/try_lock.sql
\ir lock/lock_holder.sql
\ir lock/hindrance.sql
\ir lock/report_hindrance.sql

-- Days in UTC, the partitions that are named after them, and the beats of intervals.
\ir clock/utc_day.sql
\ir clock/day_start.sql
\ir clock/period.sql
\ir clock/partition_name.sql
\ir clock/next_beat.sql
\ir clock/duration_seconds.sql

-- Whose rights: what belongs to a role that the owner does not trust is read with that role's.
\ir rights/is_trusted.sql
\ir rights/is_admin.sql
\ir rights/schema_owner.sql
\ir rights/untrusted_code.sql
\ir rights/untrusted_member.sql
\ir rights/untrusted_name.sql
\ir rights/reading_role.sql
\ir rights/reader_function.sql
\ir rights/give_function.sql
\ir rights/make_reader.sql
\ir rights/forget_prepared.sql
\ir rights/read_as.sql
\ir rights/as_reader.sql
\ir rights/named_relations.sql
\ir rights/forget_readers.sql

-- Components register, beat, and are found overdue.
\ir component/hold_component.sql
\ir component/writing_component.sql
\ir component/put_component.sql
\ir component/register_runtime.sql
\ir component/beat_component.sql
\ir component/heartbeat.sql
\ir component/beat.sql
\ir component/use_component.sql
\ir component/sweep_runtimes.sql
\ir component/on_runtime_delete.sql
\ir component/component_state.sql
\ir component/component.sql

-- A sample's name, type and labels make it a part of a series, and a series a part of a family.
\ir series/fingerprint.sql
\ir series/sample_part.sql
\ir series/family_name.sql
\ir series/family_names.sql
\ir series/is_pushed.sql
\ir series/series_count.sql
\ir series/float_text.sql
\ir series/bound_text.sql
\ir series/respelled_labels.sql
\ir series/canonical_labels.sql
\ir series/escaped_label.sql
\ir series/rendered_labels.sql
\ir series/exemplar_text.sql
\ir series/has_series.sql
\ir series/unescaped.sql
\ir series/any_text_labels.sql
\ir series/text_labels.sql
\ir series/component_labels.sql
\ir series/page_prefix.sql
\ir series/intake_limit.sql
\ir series/series_size_fault.sql
\ir series/any_sample_fault.sql
\ir series/sample_fault.sql
\ir series/summable.sql
\ir series/number_fault.sql
\ir series/value_fault.sql
-- A new series is pending from the transaction that brings it first until the fold merges it.
\ir series/relabelled.sql
\ir series/on_pending_insert.sql
\ir series/pending_sample.sql
\ir series/pending_families.sql
\ir series/any_family.sql
\ir series/pending_identity.sql
\ir series/new_series.sql
\ir series/sample_size_fault.sql
\ir series/new_series_fault.sql
-- Their labels may be rewritten by rule.
\ir series/label_rule.sql
\ir series/add_label_rule.sql
\ir series/drop_label_rule.sql

-- Samples come in as rows of noetl.metric.
\ir sample/count_rejected.sql
\ir sample/moment_fault.sql
\ir sample/ahead_fault.sql
\ir sample/on_metric_insert.sql
\ir sample/metrics.sql
\ir sample/sample.sql
\ir sample/reported_fault.sql
\ir sample/time_fault.sql
\ir sample/posted_fault.sql
\ir sample/fault_entry.sql
\ir sample/posted_limit_fault.sql
\ir sample/posted_sample.sql
\ir sample/posted_faults.sql
\ir sample/write_samples.sql
\ir sample/without_component.sql
\ir sample/report.sql

-- Events come in through functions.
\ir record/known_series.sql
\ir record/register_series.sql
\ir record/recorded_series.sql
\ir record/record.sql
\ir record/metadata_fault.sql
\ir record/observed_type.sql
\ir record/inc.sql
\ir record/observe.sql
\ir record/set.sql
\ir record/withdraw.sql
\ir record/recorded_fault.sql
\ir record/recorded_item.sql
\ir record/record_many.sql
\ir record/inc_many.sql
\ir record/observe_many.sql
\ir record/set_many.sql
\ir record/set_gauges.sql

-- The feed: which rows no fold has read, and what they add to each series.
\ir feed/is_native.sql
\ir feed/feed_window.sql
\ir feed/is_unfolded.sql
\ir feed/feed_row.sql
\ir feed/unread.sql
\ir feed/is_folded.sql
\ir feed/read_feed.sql
\ir feed/unfolded_sample.sql
\ir feed/added_buckets.sql
\ir feed/sketch_bin.sql
\ir feed/sketch_value.sql
\ir feed/supersedes.sql
\ir feed/unfolded_value.sql
\ir feed/unfolded_distribution.sql
\ir feed/unfolded_families.sql
\ir feed/current_value.sql
\ir feed/present_value.sql
\ir feed/current_distribution.sql
\ir feed/current_sketch.sql
\ir feed/sketch_quantile.sql
\ir feed/snapshot_without_me.sql
\ir feed/running_transactions.sql

-- Job queues. One file holds all that is known of a library; that of one's own table follows from how it was registered.
\ir queue/library/has_column.sql
\ir queue/library/has_label.sql
\ir queue/library/json_inside.sql
\ir queue/library/filled_in.sql
\ir queue/library/zoned.sql
\ir queue/library/listed_queues.sql
\ir queue/library/absurd.sql
\ir queue/library/celery.sql
\ir queue/library/db_scheduler.sql
\ir queue/library/dbos.sql
\ir queue/library/delayed_job.sql
\ir queue/library/good_job.sql
\ir queue/library/graphile_worker.sql
\ir queue/library/hatchet.sql
\ir queue/library/laravel.sql
\ir queue/library/messenger.sql
\ir queue/library/oban.sql
\ir queue/library/pgboss.sql
\ir queue/library/pgmq.sql
\ir queue/library/pgqueuer.sql
\ir queue/library/procrastinate.sql
\ir queue/library/que_lock.sql
\ir queue/library/que.sql
\ir queue/library/river.sql
\ir queue/library/solid_queue.sql
\ir queue/library/status_list.sql
\ir queue/library/status_condition.sql
\ir queue/library/own_table.sql
\ir queue/library/queue_library.sql
\ir queue/library/library_table.sql
\ir queue/library/known_library.sql

-- What a table holds by kind of job, as expressions; readings and triggers are made of them.
\ir queue/reading/is_nullable.sql
\ir queue/reading/key_type.sql
\ir queue/reading/job_branch.sql
\ir queue/reading/member_expression.sql
\ir queue/reading/due_condition.sql
\ir queue/reading/moved_condition.sql
\ir queue/reading/since_expression.sql
\ir queue/reading/counts_condition.sql
\ir queue/reading/tracked_count.sql
\ir queue/reading/tracking_shape.sql
\ir queue/reading/is_tracked.sql
-- A reading is one statement, made of counts and what is looked up beside them: those that triggers kept, or else counted.
\ir queue/reading/is_served.sql
\ir queue/reading/leads_an_index.sql
\ir queue/reading/found_rows.sql
\ir queue/reading/countable_library.sql
\ir queue/reading/counted_jobs.sql
\ir queue/reading/key_condition.sql
\ir queue/reading/earliest.sql
\ir queue/reading/earliest_later.sql
\ir queue/reading/first_since.sql
\ir queue/reading/tracked_jobs.sql
\ir queue/reading/reading_query.sql
\ir queue/reading/has_one_member.sql
\ir queue/reading/queue_reader.sql
\ir queue/reading/queue_statement.sql
\ir queue/reading/count_queue.sql
\ir queue/reading/read_queue.sql
\ir queue/reading/queue_readings.sql
\ir queue/reading/queue_health.sql
\ir queue/reading/queue_lease.sql
-- How jobs ended, each once.
\ir queue/reading/operation_label.sql
\ir queue/reading/operation_metric.sql
\ir queue/reading/job_identity.sql
\ir queue/reading/keeps_outcomes.sql
\ir queue/reading/queue_outcome.sql
\ir queue/reading/record_outcomes.sql
\ir queue/reading/collect_outcomes.sql
\ir queue/reading/make_queue_reader.sql
\ir queue/reading/status_label.sql
\ir queue/reading/queue_gauge.sql
\ir queue/reading/remember_members.sql
\ir queue/reading/collection_gauge.sql
\ir queue/reading/publish_gauges.sql
\ir queue/reading/collect_queue.sql
\ir queue/reading/fail_queue.sql
\ir queue/reading/depends_on_settings.sql
\ir queue/reading/row_fault.sql

-- The page: state and what the fold has not read yet, rendered.
\ir exposition/is_shown.sql
\ir exposition/plain_lines.sql
\ir exposition/value_line.sql
\ir exposition/distribution_line.sql
\ir exposition/live_gauge.sql
\ir exposition/unrecorded_line.sql
\ir exposition/rendered_lines.sql
\ir exposition/families_to_render.sql
-- What the fold has rendered already is taken from there.
\ir exposition/lines_as_kept.sql
\ir exposition/creation.sql
\ir exposition/with_creations.sql
\ir exposition/rendered_family.sql
\ir exposition/prometheus_exposition.sql
\ir exposition/openmetrics_exposition.sql
\ir exposition/prometheus_text.sql
\ir exposition/openmetrics_text.sql
-- For a server that keeps the page: what changed on it since it was read.
\ir exposition/on_line_change.sql
\ir exposition/on_status_change.sql
\ir exposition/on_page_rule_change.sql
\ir exposition/page_since.sql

-- For a tracked queue triggers append what each statement changes by the row alone, and the fold adds it up.
\ir queue/tracking/counted_from.sql
\ir queue/tracking/tracking_source.sql
\ir queue/tracking/classified_rows.sql
\ir queue/tracking/unfolded_queue_change.sql
\ir queue/tracking/kept_jobs.sql
\ir queue/tracking/tracking_tree.sql
\ir queue/tracking/renewable_queue.sql
\ir queue/tracking/check_trackable.sql
\ir queue/tracking/tracking_fault.sql
\ir queue/tracking/ended_query.sql
\ir queue/tracking/tracking_body.sql
\ir queue/tracking/foreign_tracking_body.sql
\ir queue/tracking/tracking_recorder.sql
\ir queue/tracking/read_relations.sql
\ir queue/tracking/is_single_table.sql
\ir queue/tracking/tracking_function.sql
\ir queue/tracking/tracking_trigger.sql
\ir queue/tracking/tracking_reader.sql
\ir queue/tracking/lay_tracking.sql
\ir queue/tracking/tracked_bytes.sql
\ir queue/tracking/drop_tracking.sql
\ir queue/tracking/track_queue.sql
\ir queue/tracking/untrack_queue.sql
\ir queue/tracking/recount_statement.sql
\ir queue/tracking/recount_queue.sql
\ir queue/tracking/forget_jobs.sql
\ir queue/tracking/fold_queue_changes.sql
\ir queue/tracking/renew_tracking.sql
\ir queue/tracking/replace_tracking.sql

-- Presets: the families of whole systems, ready to be declared.
\ir preset/postgres/statement_totals.sql
\ir preset/postgres/postgres_statement.sql
\ir preset/postgres/blocked_session.sql
\ir preset/postgres/missing_monitor.sql
\ir preset/postgres/postgres_query.sql
\ir preset/postgres/postgres_collector.sql
\ir preset/preset_metric.sql

-- The fold adds what is unread to the running totals, and renders the page's lines.
\ir fold/assign_sort_keys.sql
\ir fold/merge_pending_series.sql
\ir fold/drop_rejected.sql
\ir fold/fold_sketches.sql
\ir fold/fold_samples.sql
\ir fold/count_samples.sql
\ir fold/adopt_restored.sql
\ir fold/forget_changes.sql
\ir fold/fold_unread.sql
\ir fold/unfoldable.sql
\ir fold/quarantine_families.sql
\ir fold/declare_own.sql
\ir fold/fold.sql
\ir fold/rotate_slots.sql
\ir fold/rotate_events.sql
\ir fold/keep_lines.sql
\ir fold/sort_in_samples.sql

-- Partitions: made ahead, and dropped by age.
\ir partition/is_thinned.sql
\ir partition/partitioned_table.sql
\ir partition/printed_bound.sql
\ir partition/partition_range.sql
\ir partition/any_partition.sql
\ir partition/partition.sql
\ir partition/days_covered.sql
\ir partition/health.sql
\ir partition/require_read_committed.sql
\ir partition/lock_partitions.sql
\ir partition/stop_vacuum.sql
\ir partition/lock_briefly.sql
\ir partition/create_partition.sql
\ir partition/move_rows.sql
\ir partition/move_to_partitions.sql
\ir partition/replace_overflow.sql
\ir partition/add_partitions.sql
\ir partition/days_needed.sql
\ir partition/initialize_metric_partitions.sql
\ir partition/create_metric_partition.sql
\ir partition/create_metric_partitions_ahead.sql
\ir partition/partitions_needed_at.sql
\ir partition/keep_partitions.sql
\ir partition/follow_retention.sql
\ir partition/on_retention_change.sql
\ir partition/expired_at.sql
\ir partition/expired_partition.sql
\ir partition/is_unread.sql
\ir partition/drop_partition.sql
\ir partition/empty_overflow.sql
\ir partition/shrink_overflow.sql

-- A family can be declared, and changed while it is in use.
\ir family/family.sql
\ir family/cardinality.sql
\ir family/family_fault.sql
\ir family/family_size_fault.sql
\ir family/rebucketed.sql
\ir family/change_buckets.sql
\ir family/render_series.sql
\ir family/declare_family.sql
\ir family/declare_metric.sql
\ir family/suggested_buckets.sql
\ir family/release_metric.sql
\ir family/install_preset.sql

-- A regular expression of Prometheus becomes one of PostgreSQL.
\ir promql/match/re2_class_range.sql
\ir promql/match/re2_named_class.sql
\ir promql/match/re2_class_letter.sql
\ir promql/match/re2_class.sql
\ir promql/match/re2_literal.sql
\ir promql/match/re2_atom.sql
\ir promql/match/re2_repetition.sql
\ir promql/match/re2_flags.sql
\ir promql/match/re2.sql
\ir promql/match/matches_all.sql
\ir promql/match/line_condition.sql
\ir promql/match/select_lines.sql

-- PromQL: text becomes tokens, and tokens become the tree that Prometheus makes of it, or an error in its words.
\ir promql/parse/promql_function.sql
\ir promql/parse/go_quoted.sql
\ir promql/parse/go_number.sql
\ir promql/parse/raise_promql.sql
\ir promql/parse/promql_tokens.sql
\ir promql/parse/promql_braces.sql
\ir promql/parse/is_promql_number.sql
\ir promql/parse/is_promql_duration.sql
\ir promql/parse/promql_bad_number.sql
\ir promql/parse/promql_string_fault.sql
\ir promql/parse/promql_token_text.sql
\ir promql/parse/promql_token_fault.sql
\ir promql/parse/raise_unexpected.sql
\ir promql/parse/unescaped_bytes.sql
\ir promql/parse/promql_string.sql
\ir promql/parse/promql_number.sql
\ir promql/parse/promql_duration.sql
\ir promql/parse/promql_literal.sql
\ir promql/parse/check_re2.sql
-- Selectors, what modifies them, aggregations, calls and operators are nodes of the tree.
\ir promql/parse/promql_type.sql
\ir promql/parse/promql_type_fault.sql
\ir promql/parse/promql_labels.sql
\ir promql/parse/promql_matchers.sql
\ir promql/parse/promql_selector.sql
\ir promql/parse/promql_bound.sql
\ir promql/parse/raise_range.sql
\ir promql/parse/promql_range.sql
\ir promql/parse/promql_offset.sql
\ir promql/parse/promql_at.sql
\ir promql/parse/promql_modified.sql
\ir promql/parse/is_aggregator.sql
\ir promql/parse/is_promql_keyword.sql
\ir promql/parse/promql_place.sql
\ir promql/parse/promql_aggregate.sql
\ir promql/parse/promql_call.sql
\ir promql/parse/promql_closed.sql
\ir promql/parse/promql_unary.sql
\ir promql/parse/promql_matching.sql
\ir promql/parse/promql_binary.sql
\ir promql/parse/promql_tree.sql
\ir promql/parse/parse_promql.sql

-- The archive: noetl scrapes its own page. While a block is open, a scrape is a row for each bundle of lines;
\ir archive/line_digest.sql
\ir archive/full_labels.sql
\ir archive/line_identity.sql
\ir archive/line_key.sql
\ir archive/add_lines.sql
\ir archive/take_places.sql
\ir archive/begin_lines.sql
\ir archive/page_value.sql
\ir archive/scrape_time.sql
\ir archive/redate_scrapes.sql
\ir archive/start_at_zero.sql
\ir archive/store_scrape.sql
\ir archive/scrape.sql
-- closed, it is a compressed chunk for each line.
\ir archive/block_length.sql
\ir archive/longest_block.sql
\ir archive/decimal_places.sql
\ir archive/offsets.sql
\ir archive/encoded.sql
\ir archive/decoded.sql
\ir archive/write_chunks.sql
\ir archive/absent_value.sql
\ir archive/close_block.sql
\ir archive/free_places.sql
-- Samples come in that have times of their own.
\ir archive/import_fault.sql
\ir archive/extend_lines.sql
\ir archive/keep_late.sql
\ir archive/import_lines.sql
\ir archive/imported_lines.sql
\ir archive/import_samples.sql
-- Whoever asks gets both kinds of blocks as one.
\ir archive/present_samples.sql
\ir archive/concatenated.sql
\ir archive/closed_samples.sql
\ir archive/open_samples.sql
\ir archive/line_samples.sql
\ir archive/packed_samples.sql
-- It is kept small in steps: blocks are closed, old ones thinned, chunks merged.
\ir archive/thin_block.sql
\ir archive/merge_chunks.sql
\ir archive/forget_clocks.sql
\ir archive/forgotten_line.sql
\ir archive/archive_work.sql
\ir archive/compact_archive.sql
\ir archive/archive_part.sql
\ir archive/archive_size.sql
\ir archive/forget_lines.sql

-- History for people in psql: what the archive's samples came to.
\ir history/counter_step.sql
\ir history/line_history.sql
\ir history/history_step.sql
\ir history/lines_of.sql
\ir history/metric_history.sql
\ir history/series_line.sql
\ir history/series_history.sql
\ir history/rate.sql
\ir history/bucket_quantile.sql
\ir history/histogram_quantile.sql
\ir history/current_line.sql
\ir history/current_value.sql

-- Families are dropped, and series that have nothing to show any more are removed; their history stays.
\ir removal/drop_metric.sql
\ir removal/idle_series.sql
\ir removal/remove_series.sql
\ir removal/remove_idle_series.sql

-- Endpoints are rows: a function beside another says where that is called over HTTP. See sql/endpoint/README.md.
\ir endpoint/api_schema.sql
\ir endpoint/resolved_schema.sql
\ir endpoint/endpoint_definition.sql
\ir endpoint/endpoint.sql
\ir endpoint/http_status.sql
\ir endpoint/error_form.sql
\ir endpoint/api_tag.sql
\ir endpoint/openapi_operation.sql
\ir endpoint/openapi.sql
\ir endpoint/http_version.sql
\ir endpoint/http_catalogue.sql
\ir endpoint/iso_time.sql
\ir endpoint/given_time.sql

-- The tree becomes text again, in Prometheus' normal form.
\ir promql/format/positive_duration.sql
\ir promql/format/go_duration.sql
\ir promql/format/promql_name_text.sql
\ir promql/format/promql_names_text.sql
\ir promql/format/promql_times_text.sql
\ir promql/format/promql_selector_text.sql
\ir promql/format/promql_operator_text.sql
\ir promql/format/promql_head.sql
\ir promql/format/promql_subquery_text.sql
\ir promql/format/promql_text.sql
\ir promql/format/promql_pretty.sql
\ir promql/format/format_promql.sql

-- PromQL is evaluated node by node: the account of a query, its steps, and arithmetic where PostgreSQL's raises errors.
\ir promql/evaluate/begin_evaluation.sql
\ir promql/evaluate/spend_samples.sql
\ir promql/evaluate/note_promql.sql
\ir promql/evaluate/evaluation_note.sql
\ir promql/evaluate/raise_evaluation.sql
\ir promql/evaluate/promql_lookback_ms.sql
\ir promql/evaluate/promql_times.sql
\ir promql/evaluate/promql_references.sql
\ir promql/evaluate/ieee_add.sql
\ir promql/evaluate/ieee_subtract.sql
\ir promql/evaluate/ieee_multiply.sql
\ir promql/evaluate/ieee_divide.sql
\ir promql/evaluate/ieee_operators.sql
\ir promql/evaluate/ieee.sql
\ir promql/evaluate/ieee_power.sql
\ir promql/evaluate/exact_numeric.sql
\ir promql/evaluate/remainder.sql
\ir promql/evaluate/kahan_sum.sql
\ir promql/evaluate/kahan_avg.sql
\ir promql/evaluate/kahan_variance.sql
-- Series: their labels, and what makes one of several.
\ir promql/evaluate/labels_text.sql
\ir promql/evaluate/labels_order.sql
\ir promql/evaluate/metric_labels.sql
\ir promql/evaluate/without_parens.sql
\ir promql/evaluate/has_one_name.sql
\ir promql/evaluate/is_named_as_counter.sql
\ir promql/evaluate/matched_exactly.sql
\ir promql/evaluate/first_values.sql
\ir promql/evaluate/merged_values.sql
\ir promql/evaluate/merge_statement.sql
-- Samples in ranges: instant selectors are ranges, too.
\ir promql/evaluate/promql_window.sql
\ir promql/evaluate/linear_regression.sql
\ir promql/evaluate/extrapolated.sql
\ir promql/evaluate/range_function.sql
\ir promql/evaluate/running_total.sql
\ir promql/evaluate/range_array.sql
\ir promql/evaluate/range_statement.sql
\ir promql/evaluate/sample_batches.sql
\ir promql/evaluate/subquery_batches.sql
\ir promql/evaluate/evaluate_ranges.sql
\ir promql/evaluate/evaluate_matrix.sql
\ir promql/evaluate/evaluate_range_function.sql
-- Functions of values and of whole vectors.
\ir promql/evaluate/date_part.sql
\ir promql/evaluate/value_function.sql
\ir promql/evaluate/evaluate_each.sql
\ir promql/evaluate/evaluate_scalar.sql
\ir promql/evaluate/evaluate_sort.sql
\ir promql/evaluate/evaluate_absent.sql
\ir promql/evaluate/replaced_label.sql
\ir promql/evaluate/evaluate_labels.sql
\ir promql/evaluate/bucket_bound.sql
\ir promql/evaluate/bucket_quantile.sql
\ir promql/evaluate/bucket_rank.sql
\ir promql/evaluate/bucket_fraction.sql
\ir promql/evaluate/evaluate_histogram.sql
\ir promql/evaluate/evaluate_call.sql
-- Operators.
\ir promql/evaluate/promql_operator.sql
\ir promql/evaluate/operator_expression.sql
\ir promql/evaluate/matching_key.sql
\ir promql/evaluate/matched_name.sql
\ir promql/evaluate/matched_labels.sql
\ir promql/evaluate/check_one_side.sql
\ir promql/evaluate/evaluate_matching.sql
\ir promql/evaluate/evaluate_set_operator.sql
\ir promql/evaluate/evaluate_binary.sql
-- Aggregations.
\ir promql/evaluate/raise_imprecise.sql
\ir promql/evaluate/aggregate_function.sql
\ir promql/evaluate/grouping_key.sql
\ir promql/evaluate/grouping_labels.sql
\ir promql/evaluate/raise_negative.sql
\ir promql/evaluate/aggregation_statement.sql
\ir promql/evaluate/evaluate_grouped.sql
\ir promql/evaluate/plain_text.sql
\ir promql/evaluate/quantile.sql
\ir promql/evaluate/evaluate_topk.sql
\ir promql/evaluate/evaluate_count_values.sql
\ir promql/evaluate/evaluate_quantile.sql
\ir promql/evaluate/evaluate_aggregation.sql
-- The tree's nodes, the steps, the answer.
\ir promql/evaluate/evaluate_node.sql
\ir promql/evaluate/evaluate_steps.sql
\ir promql/evaluate/evaluate_result.sql
\ir promql/evaluate/evaluate_promql.sql
\ir promql/evaluate/answer.sql
\ir promql/evaluate/query.sql
\ir promql/evaluate/query_range.sql

-- Rules' texts are templates, as Prometheus has them.
\ir alert/template/go_general.sql
\ir alert/template/go_fixed.sql
\ir alert/template/go_time.sql
\ir alert/template/humanized.sql
\ir alert/template/humanized_duration.sql
\ir alert/template/parsed_duration.sql
\ir alert/template/template_text.sql
\ir alert/template/template_number.sql
\ir alert/template/template_truth.sql
\ir alert/template/template_order.sql
\ir alert/template/template_function.sql
\ir alert/template/template_word.sql
\ir alert/template/template_command.sql
\ir alert/template/template_expression.sql
\ir alert/template/with_node.sql
\ir alert/template/with_trimmed_text.sql
\ir alert/template/parse_template.sql
\ir alert/template/go_printf.sql
\ir alert/template/template_call.sql
\ir alert/template/template_value.sql
\ir alert/template/render_template.sql

-- Rules: defaults are code, overrides are data.
\ir alert/prometheus_duration.sql
\ir alert/alert_default.sql
\ir alert/alert_rule.sql
\ir alert/recording_rule.sql
\ir alert/rule_group.sql
\ir alert/rule_fault.sql
\ir alert/set_alert_rule.sql
\ir alert/reset_alert_rule.sql
\ir alert/set_recording_rule.sql
\ir alert/drop_recording_rule.sql
\ir alert/set_rule_group.sql
\ir alert/yaml_string.sql
\ir alert/yaml_entries.sql

-- Who is to be told of an alert, and who wants to hear nothing of it: jobs of graphile-worker tell.
\ir notification/matches.sql
\ir notification/active_silence.sql
\ir notification/is_silenced.sql
\ir notification/go_rfc3339.sql
\ir notification/notify_of_alerts.sql
\ir notification/selector_matchers.sql
\ir notification/silence.sql
\ir notification/add_silence.sql
\ir notification/end_silence.sql
\ir notification/notification_fault.sql
\ir notification/notification.sql
\ir notification/add_notification.sql
\ir notification/drop_notification.sql
\ir notification/switch_notification.sql
\ir notification/enable_notification.sql
\ir notification/disable_notification.sql
\ir notification/notifiable_alert.sql
\ir notification/notification_due.sql
\ir notification/notification_lag.sql
\ir notification/alert_fingerprint.sql
\ir notification/webhook_payload.sql
\ir notification/alertmanager_payload.sql
\ir notification/slack_payload.sql
\ir notification/call_notification.sql
\ir notification/plan_notifications.sql
\ir notification/begin_notification.sql
\ir notification/end_notification.sql
\ir notification/silence_list.sql
\ir notification/post_silence.sql

-- After a scrape rules are evaluated at its time.
\ir rule/forget_alerts.sql
\ir rule/rule.sql
\ir rule/alert_rules_yaml.sql
\ir rule/compile_rule.sql
\ir rule/rendered_texts.sql
\ir rule/rule_result.sql
\ir rule/alert_line.sql
\ir rule/store_rule_lines.sql
\ir rule/advance_alerts.sql
\ir rule/evaluate_rule.sql
\ir rule/evaluate_rule_group.sql
\ir rule/end_rules.sql
\ir rule/alert.sql
\ir rule/alert_history.sql
\ir rule/alert_json.sql
\ir rule/rule_list.sql
\ir rule/alert_list.sql
\ir rule/evaluate_rules.sql

-- Forwarding: remote write of what the archive holds. A round is a stretch of time that all lines go through, in batches.
\ir forwarding/series_matchers.sql
\ir forwarding/forwarding_fault.sql
\ir forwarding/forwarding_lag.sql
\ir forwarding/forwarding.sql
\ir forwarding/plan_forwarding.sql
\ir forwarding/add_forwarding.sql
\ir forwarding/drop_forwarding.sql
\ir forwarding/pause_forwarding.sql
\ir forwarding/resume_forwarding.sql
\ir forwarding/forwarding_ceiling.sql
\ir forwarding/round_end.sql
\ir forwarding/begin_round.sql
\ir forwarding/begin_forwarding.sql
\ir forwarding/forwarded_labels.sql
\ir forwarding/late_batch.sql
\ir forwarding/forwarding_batch.sql
\ir forwarding/renew_forwarding.sql
\ir forwarding/advance_forwarding.sql
\ir forwarding/fail_forwarding.sql
\ir forwarding/end_forwarding.sql

-- Pushed groups, as a Prometheus Pushgateway keeps them: named by the path of the request,
\ir push/lock_push.sql
\ir push/check_grouping.sql
\ir push/grouping_part.sql
\ir push/push_grouping.sql
-- read as text, line by line,
\ir push/extreme_value.sql
\ir push/text_value.sql
\ir push/text_bound.sql
\ir push/line_fault.sql
\ir push/comment_line.sql
\ir push/text_part.sql
\ir push/without_exemplars.sql
\ir push/text_exemplar.sql
\ir push/sample_line.sql
\ir push/label_count.sql
\ir push/text_fault.sql
\ir push/text_sample.sql
\ir push/comment_fault.sql
-- and put on the page in place of what the group had there.
\ir push/push_group_id.sql
\ir push/open_push_group.sql
\ir push/push_times.sql
\ir push/push_conflict.sql
\ir push/replace_families.sql
\ir push/push_fault.sql
\ir push/take_off.sql
\ir push/forget_help.sql
\ir push/write_push.sql
\ir push/placed_fault.sql
\ir push/push_metrics.sql
\ir push/push_failed.sql
\ir push/delete_push_group.sql
\ir push/expire_push_groups.sql
\ir push/receive_push.sql
\ir push/replace_push_group.sql
\ir push/add_to_push_group.sql
\ir push/remove_push_group.sql
-- Samples with times of their own, in the same text format, go into the archive.
\ir push/import_text.sql
\ir push/import_prometheus.sql
-- and what others send by remote write.
\ir push/extra_labels.sql
\ir push/written_series.sql
\ir push/remote_write.sql

-- Maintenance: what to run, and how it went.
\ir maintenance/record_run.sql
\ir maintenance/cleanup_expired_metrics.sql
\ir maintenance/maintenance_step.sql
\ir maintenance/maintain.sql
\ir maintenance/maintenance.sql

-- Queues are detected, registered and checked; what a collection finds goes on the page.
\ir queue/registry/queue.sql
\ir queue/registry/found_library.sql
\ir queue/registry/detect_queues.sql
\ir queue/registry/found_schema.sql
\ir queue/registry/library_tables.sql
\ir queue/registry/relation_name.sql
\ir queue/registry/option_expression.sql
\ir queue/registry/option_type.sql
\ir queue/registry/index_fault.sql
\ir queue/registry/statuses.sql
\ir queue/registry/usual_columns.sql
\ir queue/registry/usual_finished_statuses.sql
\ir queue/registry/check_expressions.sql
\ir queue/registry/table_options.sql
\ir queue/registry/check_queue.sql
\ir queue/registry/queue_family.sql
\ir queue/registry/declare_queue.sql
\ir queue/registry/notice_statuses.sql
\ir queue/registry/check_outcomes.sql
\ir queue/registry/add_queue.sql
\ir queue/registry/register_queue.sql
-- Which indexes readings would use and do not have.
\ir queue/registry/is_indexable.sql
\ir queue/registry/advised_index.sql
\ir queue/registry/missing_index.sql
\ir queue/registry/queue_advice.sql

-- Collectors: what is gathered is data, a query whose result becomes metrics each time its interval has passed.
\ir collector/collector_default.sql
\ir collector/collector.sql
\ir collector/collector_status.sql
\ir collector/collector_family.sql
\ir collector/collector_labels.sql
\ir collector/check_collected.sql
\ir collector/collected_rows.sql
\ir collector/histogram_cell.sql
\ir collector/collected_sample.sql
\ir collector/collected_fault.sql
\ir collector/declare_collector.sql
\ir collector/withdraw_samples.sql
\ir collector/collect.sql
\ir collector/record_collection.sql
\ir collector/timed_out.sql
\ir collector/run_collector.sql
\ir collector/collect_queue.sql
\ir collector/collect_queues.sql
\ir collector/record_probe.sql
-- Ticks are jobs of graphile-worker: each plans the next one and runs what is due.
\ir collector/scrape_once.sql
\ir collector/is_fold_due.sql
\ir collector/is_rotation_due.sql
\ir collector/periodic_task.sql
\ir collector/tick_key.sql
\ir collector/next_tick.sql
\ir collector/worker_schema.sql
\ir collector/plan_tick.sql
\ir collector/renew_tick.sql
\ir collector/clear_jobs.sql
\ir collector/due_work.sql
\ir collector/claim_work.sql
\ir collector/begin_tick.sql
\ir collector/on_collector_change.sql
\ir collector/start_collectors.sql
-- Added, changed and dropped, at once.
\ir collector/value_columns.sql
\ir collector/collector_fault.sql
\ir collector/collector_metrics.sql
\ir collector/collector_role.sql
\ir collector/set_collector.sql
\ir collector/add_collector.sql
\ir collector/forget_collector.sql
\ir collector/unregister_queue.sql
\ir collector/change_collector.sql
\ir collector/enable_collector.sql
\ir collector/disable_collector.sql
\ir collector/drop_collector.sql
-- What other exporters collect by becomes collectors.
\ir collector/import/imported_interval.sql
\ir collector/import/postgres_exporter_query.sql
\ir collector/import/sql_exporter_query.sql
\ir collector/import/sql_job_query.sql
\ir collector/import/pgwatch_query.sql
\ir collector/import/imported_query.sql
\ir collector/import/described_columns.sql
\ir collector/import/imported_parts.sql
\ir collector/import/imported_value.sql
\ir collector/import/imported_statement.sql
\ir collector/import/import_definition.sql
\ir collector/import/import_one.sql
\ir collector/import/import_collectors_as.sql
\ir collector/import/import_collectors.sql
-- A database elsewhere is read by its queries and without anything of ours there.
\ir collector/remote/remote_collector.sql
\ir collector/remote/record_remote.sql

-- Dashboards: panels are rows, laid out as Grafana's JSON.
\ir dashboard/dashboard_target.sql
\ir dashboard/on_dashboard_panel_write.sql
\ir dashboard/dashboard.sql
\ir dashboard/grafana_panel.sql
\ir dashboard/grafana_dashboard.sql
\ir dashboard/prometheus_config.sql

-- The HTTP API: a function for each endpoint, which takes and returns finished jsonb.
\ir api/metrics_page.sql
\ir api/health_check.sql
\ir api/alive_check.sql
-- Samples come in, all or nothing or the good ones, and once only under an Idempotency-Key.
\ir api/write_by_family.sql
\ir api/store_samples.sql
\ir api/earlier_answer.sql
\ir api/keep_answer.sql
\ir api/insert_metrics.sql
\ir api/component_id.sql
\ir api/component_fault.sql
\ir api/reporting_component.sql
\ir api/report_metrics.sql
-- Samples and components go out.
\ir api/sample_json.sql
\ir api/check_filter.sql
\ir api/sample_condition.sql
\ir api/cursor_time.sql
\ir api/cursor.sql
\ir api/page_start.sql
\ir api/sample_page.sql
\ir api/query_metrics.sql
\ir api/runtime_metrics.sql
\ir api/component_usage.sql
\ir api/component_list.sql
\ir api/cleanup_metrics.sql
\ir api/create_partitions.sql
-- Operational metrics are samples with a category and a service.
\ir api/operational_sample.sql
\ir api/operational_fault.sql
\ir api/operational_samples.sql
\ir api/insert_operational_metrics.sql
\ir api/operational_json.sql
\ir api/operational_metric.sql
\ir api/operational_filter.sql
\ir api/window_length.sql
\ir api/operational_windows.sql
\ir api/query_operational_metrics.sql
\ir api/store_queue_depth.sql
\ir api/host_reading.sql
\ir api/self_report.sql
\ir api/collect_resource_usage.sql
\ir api/system_status.sql
-- Everything that the client buffered, in one transaction.
\ir api/declaration_fault.sql
\ir api/declare_families.sql
\ir api/record_metrics.sql

-- Prometheus' HTTP API: parameters are fields of a form, and an expression is answered piece by piece,
\ir promql/api/raise_parameter.sql
\ir promql/api/time_parameter.sql
\ir promql/api/duration_parameter.sql
\ir promql/api/limit_parameter.sql
\ir promql/api/query_parameter.sql
\ir promql/api/match_parameter.sql
\ir promql/api/matched_line.sql
\ir promql/api/listed_json.sql
\ir promql/api/go_float.sql
\ir promql/api/json_time.sql
\ir promql/api/json_samples.sql
\ir promql/api/json_series.sql
\ir promql/api/result_json.sql
\ir promql/api/query_json.sql
\ir promql/api/take_options.sql
\ir promql/api/prometheus_query.sql
\ir promql/api/range_parameters.sql
\ir promql/api/prometheus_query_range.sql
-- series, labels and families are looked up,
\ir promql/api/prometheus_series.sql
\ir promql/api/prometheus_labels.sql
\ir promql/api/line_names.sql
\ir promql/api/label_values.sql
\ir promql/api/unescaped_name.sql
\ir promql/api/prometheus_label_values.sql
\ir promql/api/prometheus_metadata.sql
\ir promql/api/prometheus_format_query.sql
\ir promql/api/prometheus_parse_query.sql
\ir promql/api/page_exemplar.sql
\ir promql/api/query_exemplar.sql
\ir promql/api/prometheus_exemplars.sql
-- and a Prometheus may scrape what is selected.
\ir promql/api/present_line.sql
\ir promql/api/federate.sql
-- What data sources ask of the server.
\ir promql/api/prometheus_targets.sql
\ir promql/api/prometheus_buildinfo.sql
\ir promql/api/prometheus_flags.sql
\ir promql/api/prometheus_config_status.sql
\ir promql/api/prometheus_runtimeinfo.sql
\ir promql/api/prometheus_tsdb.sql

-- OpenTelemetry metrics, as OTLP/HTTP has them in JSON: data points in the words of Prometheus,
\ir otlp/otlp_list.sql
\ir otlp/otlp_value.sql
\ir otlp/compact_part.sql
\ir otlp/compact_json.sql
\ir otlp/otlp_attributes.sql
\ir otlp/otlp_unit.sql
\ir otlp/otlp_name.sql
\ir otlp/otlp_number.sql
\ir otlp/otlp_numbers.sql
\ir otlp/otlp_counts.sql
\ir otlp/ascends.sql
\ir otlp/otlp_quantiles.sql
\ir otlp/otlp_fault.sql
\ir otlp/otlp_limit_fault.sql
\ir otlp/otlp_resource.sql
\ir otlp/otlp_point.sql
\ir otlp/target_info.sql
-- added up where they are deltas, and stored as samples of the component that the resource is.
\ir otlp/other_target_info.sql
\ir otlp/otlp_component.sql
\ir otlp/otlp_buckets.sql
\ir otlp/otlp_exemplar.sql
\ir otlp/add_to_stream.sql
\ir otlp/replace_stream.sql
\ir otlp/otlp_part.sql
\ir otlp/otlp_sample.sql
\ir otlp/forget_point.sql
\ir otlp/crowded_points.sql
\ir otlp/store_points.sql
\ir otlp/store_resource.sql
\ir otlp/push_otlp.sql

-- What the page in the browser and the terminal show, finished.
\ir ui/ui_overview.sql
\ir ui/offered_queries.sql
\ir ui/ui_families.sql
\ir ui/ui_dashboards.sql
\ir ui/ui_alerts.sql
\ir ui/ui_cardinality.sql
\ir ui/sparkline.sql
\ir ui/fastest_series.sql
\ir ui/top_order.sql
\ir ui/short_duration.sql
\ir ui/top.sql

-- Who may do what.
\ir role/role.sql
\ir role/role_privilege.sql
\ir role/wanted_privilege.sql
\ir role/privilege_fault.sql

-- Without a server: a procedure that pg_cron or cron calls.
\ir tick/called_lately.sql
\ir tick/tell_target.sql
\ir tick/listed_work.sql
\ir tick/begin_tick.sql
\ir tick/run_work.sql
\ir tick/tick.sql

-- Operation: is everything at work, and if not, what to do.
\ir operation/readiness.sql
\ir operation/ready.sql
\ir operation/schedule_fault.sql
\ir operation/installation_check.sql
\ir operation/collector_check.sql
\ir operation/verify.sql
\ir operation/foreign_dependent.sql
\ir operation/uninstall.sql

-- Last: no view is written through, the map of it all, what an earlier release left behind, and the privileges.
\ir refuse_write.sql
\ir schema_comment.sql
\ir retire.sql
\ir grant_privileges.sql
