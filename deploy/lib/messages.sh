# What stands between us and phones and mailboxes: a mail sink, an SMSC that
# only pretends, and a real Kannel between. shellcheck shell=bash

messages_up() {
	local name
	state_give "$MAILBOX" "$STATE/kannel" "$STATE/kannel/spool" "$STATE/kannel/dlr"
	: >>"$SMS_LOG"
	[ "$UID" -ne 0 ] || chown "$APP_USER:" "$SMS_LOG"
	mailbox_up
	smsc_up
	kannel_up
	feeds_up
}

mailbox_up() {
	local user=()
	held mailbox && return 0
	if [ ! -x "$STATE/standin/mailbox" ]; then echo "no tests/standin/mailbox in this tree"; return 0; fi
	[ "$UID" -ne 0 ] || user=(--user "$APP_USER")
	hold mailbox env PATH="$PATH:/usr/sbin" "$STATE/standin/mailbox" \
		--listen "127.0.0.1:$SMTP_PORT" --folder "$MAILBOX" "${user[@]}"
	wait_until 10 port_open "$SMTP_PORT"
}

smsc_up() {
	held smsc && return 0
	if [ ! -x "$STATE/standin/smsc" ]; then echo "no tests/standin/smsc in this tree"; return 0; fi
	: >>"$STATE/smsc.control"
	state_give "$STATE/incoming"
	hold smsc "${AS_APP[@]}" "$STATE/standin/smsc" --listen "127.0.0.1:$SMSC_PORT" --log "$SMS_LOG" \
		--control "$STATE/smsc.control" --incoming "$STATE/incoming" --system-id tomozuna --password "$(credential_short smsc-password)"
	wait_until 10 port_open "$SMSC_PORT"
}

kannel_up() {
	if [ ! -e "$ROOT/conf/kannel.conf.in" ]; then echo "no conf/kannel.conf.in in this tree"; return 0; fi
	kannel_settings
	if ! held bearerbox; then
		hold bearerbox "${AS_APP[@]}" /usr/sbin/bearerbox -v 4 "$CONF/kannel.conf"
		wait_until 20 port_open "$SMSBOX_PORT"
	fi
	if ! held smsbox; then
		hold smsbox "${AS_APP[@]}" /usr/sbin/smsbox -v 4 "$CONF/kannel.conf"
		wait_until 20 port_open "$SENDSMS_PORT"
	fi
}

kannel_settings() {
	conf_private kannel.conf <<-END
		s|@STATE@|$STATE/kannel|
		s|@ADMIN_PORT@|$ADMIN_PORT|
		s|@SMSBOX_PORT@|$SMSBOX_PORT|
		s|@SENDSMS_PORT@|$SENDSMS_PORT|
		s|@SMSC_PORT@|$SMSC_PORT|
		s|@SMSC_USER@|tomozuna|
		s|@SMSC_PASSWORD@|$(credential_short smsc-password)|
		s|@ADMIN_PASSWORD@|$(<"$CREDENTIALS/kannel-admin-password")|
		s|@SENDSMS_PASSWORD@|$(<"$CREDENTIALS/kannel-sendsms-password")|
		s|@SENDER@|Tomozuna|
		s|@LOOPBACK_PORT@|$LOOPBACK_PORT|
	END
}

port_open() {
	(exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}
