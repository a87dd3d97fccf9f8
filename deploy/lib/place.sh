# Where a demo lives: folders, ports, users. shellcheck shell=bash

MARK=.tomozuna-demo			# a folder without it is never emptied
SOCKET_PATH_MAX=99			# sun_path has 108 bytes, some programs take fewer
LONGEST_SOCKET=/run/vaccination.sock

place_find() {
	STATE=${TOMOZUNA_STATE:-/var/tmp/tomozuna-$UID}
	case $STATE in /*) ;; *) STATE=$PWD/$STATE ;; esac
	STATE=${STATE%/}
	local longest=$STATE$LONGEST_SOCKET
	[ ${#longest} -le $SOCKET_PATH_MAX ] ||
		die "TOMOZUNA_STATE is too long for a socket: $STATE"
	case $STATE in *[!A-Za-z0-9/._+-]*) die "TOMOZUNA_STATE has an odd character: $STATE" ;; esac
	place_folders
	place_ports
	place_users
}

place_folders() {
	RUN=$STATE/run
	BIN=$STATE/bin
	CONF=$STATE/conf
	PEOPLE=$STATE/people
	CREDENTIALS=$STATE/credentials
	CA=$STATE/ca
	CA_FILE=$STATE/ca/server-ca.crt
	DB_SOCKET=$STATE/db/mariadb.sock
	REDIS_SOCKET=$RUN/redis.sock
	MAILBOX=$STATE/mailbox
	SMS_LOG=$STATE/sms.log
	FEEDS=$STATE/feeds
	FEEDS_LOG=$STATE/feeds.log
	BUILD=${TOMOZUNA_BUILD:-$ROOT/build}
}

place_ports() {
	PORT=${TOMOZUNA_PORT:-8440}
	case $PORT in '' | *[!0-9]*) die "TOMOZUNA_PORT is no number: $PORT" ;; esac
	[ "$PORT" -ge 1024 ] && [ "$PORT" -le 65526 ] ||
		die "TOMOZUNA_PORT must be between 1024 and 65526"
	OPEN_PORT=$((PORT + 1))
	LOOPBACK_PORT=$((PORT + 2))
	SMTP_PORT=$((PORT + 3))
	SMSC_PORT=$((PORT + 4))
	ADMIN_PORT=$((PORT + 5))	# Kannel's bearerbox, for status
	SMSBOX_PORT=$((PORT + 6))	# Kannel's bearerbox, for smsbox
	SENDSMS_PORT=$((PORT + 7))	# Kannel's smsbox, for us
	BENCH_PORT=$((PORT + 8))
	FEED_PORT=$((PORT + 9))		# public feeds
	PROFESSIONAL_URL=https://localhost:$PORT
	OPEN_URL=https://localhost:$OPEN_PORT
	NGINX_TMP=$STATE/tmp
	# Request bodies that outgrow memory are clear text: not onto a disk.
	if [ -d /dev/shm ] && [ -w /dev/shm ]; then
		NGINX_TMP=/dev/shm/tomozuna-$UID-$(printf %s "$STATE" | cksum | cut -d ' ' -f 1)
	fi
}

# Root gives its servers away; anybody else keeps them.
place_users() {
	if [ "$UID" -eq 0 ]; then
		APP_USER=www-data
		DB_USER=mysql
		AS_APP=(setpriv --reuid=www-data --regid=www-data --clear-groups --)
	else
		APP_USER=$(id -un)
		DB_USER=$APP_USER
		AS_APP=()
	fi
}

# Another program on one of our ports: say so before anything is built.
place_check() {
	local port
	held nginx && return 0
	for port in $PORT $OPEN_PORT $LOOPBACK_PORT; do
		if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
			die "port $port is taken by another program; choose another TOMOZUNA_PORT"
		fi
	done
}

state_make() {
	[ ! -L "$STATE" ] || die "$STATE is a symbolic link"
	mkdir -p "$STATE"
	[ -O "$STATE" ] || die "$STATE belongs to somebody else"
	if [ ! -e "$STATE/$MARK" ] && [ -n "$(ls -A "$STATE")" ]; then
		die "$STATE holds other things; choose an empty folder"
	fi
	: >>"$STATE/$MARK"
	chmod 0711 "$STATE"
	mkdir -p "$STATE"/{log,held,conf,bin,static,standin,town,ca,people,credentials}
	chmod 0700 "$STATE"/{held,ca}
	chmod 0711 "$STATE/log"
	STATE_MODE=0755 state_give "$RUN"
}

# Folders that the programs' own user writes in.
state_give() {
	local folder
	for folder in "$@"; do
		mkdir -p "$folder"
		[ "$UID" -ne 0 ] || chown "$APP_USER:" "$folder"
		chmod "${STATE_MODE:-0750}" "$folder"
	done
}

state_lock() {
	exec 9>"$STATE/lock"
	flock -w 5 9 || die "another deploy/demo is at work on $STATE"
}

state_forget() {
	[ -e "$STATE/$MARK" ] || return 0
	[ -O "$STATE" ] || die "$STATE belongs to somebody else"
	find "$STATE" -mindepth 1 -delete
	rmdir "$STATE" 2>/dev/null || true
}

env_print() {
	cat <<-LINES
	export TOMOZUNA_PORT=$PORT
	export TOMOZUNA_STATE=$STATE
	export TOMOZUNA_URL=$PROFESSIONAL_URL
	export TOMOZUNA_OPEN_URL=$OPEN_URL
	export TOMOZUNA_LOOPBACK_URL=http://127.0.0.1:$LOOPBACK_PORT
	export TOMOZUNA_CA=$CA_FILE
	export TOMOZUNA_PEOPLE=$PEOPLE
	export TOMOZUNA_BIN=$BIN
	export TOMOZUNA_CONF=$CONF
	export TOMOZUNA_CREDENTIALS=$CREDENTIALS
	export TOMOZUNA_DB_SOCKET=$DB_SOCKET
	export TOMOZUNA_DB_NAME=tomozuna
	export TOMOZUNA_REDIS_SOCKET=$REDIS_SOCKET
	export TOMOZUNA_MAILBOX=$MAILBOX
	export TOMOZUNA_SMS_LOG=$SMS_LOG
	export TOMOZUNA_SMSC_CONTROL=$STATE/smsc.control
	export TOMOZUNA_SMS_INCOMING=$STATE/incoming
	export TOMOZUNA_FEEDS=$FEEDS
	export TOMOZUNA_FEEDS_LOG=$FEEDS_LOG
	export TOMOZUNA_RUN=$RUN
	export TOMOZUNA_LOG=$STATE/log
	LINES
}
