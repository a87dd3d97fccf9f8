# Tables and the fictional town. shellcheck shell=bash

# Everything that the scripts below may want to know is in the environment.
town_env() {
	eval "$(env_print)"
}

town_migrate() {
	if [ ! -x "$ROOT/db/migrate" ]; then echo "no db/migrate in this tree"; return 0; fi
	TOMOZUNA_DB_ADMIN=$(id -un) "$ROOT/db/migrate" --socket "$DB_SOCKET" --database tomozuna --credentials "$CREDENTIALS"
	credentials_give
}

town_up() {
	town_make
	town_load
}

town_make() {
	[ ! -e "$STATE/town/.made" ] || return 0
	if [ ! -x "$ROOT/deploy/town/make" ]; then echo "no deploy/town/make in this tree"; return 0; fi
	"$ROOT/deploy/town/make" --out "$STATE/town"
	: >"$STATE/town/.made"
}

# Once: the mark lies in the database's folder, so that it goes with the data.
town_load() {
	[ ! -e "$STATE/db/.town-loaded" ] || return 0
	if [ ! -x "$ROOT/deploy/town/load" ]; then echo "no deploy/town/load in this tree"; return 0; fi
	town_env
	"$ROOT/deploy/town/load" --from "$STATE/town"
	"$ROOT/deploy/town/disaster"
	: >"$STATE/db/.town-loaded"
}
