-- Before the code, in a transaction of its own: roles belong to the whole cluster, so that installs into other
-- databases may have made them, or make them at this moment. Whoever may not make roles goes on without.
do $$
declare
  able text := case when current_setting('server_version_num')::integer < 160000 then 'member' else 'set' end;
  wanted record;
  refusal text;
begin
  for wanted in
    select w.name, w.includes, w.purpose
    from (values
      ('noetl_reader', null, 'noetl-metrics: may read the page, samples, history, queues and settings.'),
      ('noetl_writer', 'noetl_reader', 'noetl-metrics: noetl_reader who may also report samples, declare metrics and register components.'),
      ('noetl_admin', 'noetl_writer', 'noetl-metrics: noetl_writer who may also change settings, collectors, queues and alerts, and delete components. Its collectors have the rights of whoever adds them.')
    ) as w (name, includes, purpose)
  loop
    begin
      if to_regrole(wanted.name) is null then
        execute format('create role %I nologin', wanted.name);
        execute format('comment on role %I is %L', wanted.name, wanted.purpose);
      end if;
      if not pg_has_role(wanted.name, wanted.includes, 'member') then
        execute format('grant %I to %I', wanted.includes, wanted.name);
      end if;
    exception
      when duplicate_object or unique_violation then
        null; -- another install was faster, and has done all of it
      when insufficient_privilege or undefined_object then
        refusal := coalesce(refusal, sqlerrm);
    end;
  end loop;
  if refusal is not null then
    raise warning 'noetl-metrics goes on without its roles (%): everything works, with the rights of % alone', refusal, quote_ident(current_user)
      using hint = format(
        'Somebody who may: create role noetl_reader; create role noetl_writer in role noetl_reader; create role noetl_admin in role noetl_writer; grant noetl_admin to %I; – and then this install again.',
        current_user);
    return;
  end if;
  begin
    if not pg_has_role('noetl_admin', able) then
      execute format('grant noetl_admin to %I', current_user);
    end if;
  exception
    when unique_violation then
      null;
    when insufficient_privilege then
      raise warning 'a server that connects as % cannot take the roles of noetl-metrics (%): it serves with the rights of % alone',
          quote_ident(current_user), sqlerrm, quote_ident(current_user)
        using hint = format('Somebody who may: grant noetl_admin to %I', current_user);
  end;
end
$$;
