#include "provider.h"

const struct provider *
provider_find(const char *kind)
{
	static const struct provider *const all[] = {
		&provider_jitsi, &provider_teams
	};

	for (size_t i = 0; kind != NULL && i < sizeof all / sizeof all[0]; i++)
		if (strcmp(all[i]->kind, kind) == 0)
			return all[i];
	return NULL;
}

const char *
provider_subject(const char *kind)
{
	static const struct { const char *kind, *name; } names[] = {
		{ "care_conference", "サービス担当者会議" },
		{ "discharge_conference", "退院時カンファレンス" },
		{ "community_conference", "地域ケア会議" },
		{ "training_course", "研修・勉強会" },
		{ "sitting", "審査会" },
	};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		if (strcmp(names[i].kind, kind) == 0)
			return names[i].name;
	return "会議";
}
