/* Which addresses a fetch may go to, and which URLs it takes. */
#include "address.h"
#include "unit.h"

#include <arpa/inet.h>

static enum address_class
class_of(const char *text)
{
	struct sockaddr_in in4 = { .sin_family = AF_INET };
	struct sockaddr_in6 in6 = { .sin6_family = AF_INET6 };

	if (inet_pton(AF_INET, text, &in4.sin_addr) == 1)
		return address_class((struct sockaddr *)&in4, sizeof in4);
	assert_int_equal(inet_pton(AF_INET6, text, &in6.sin6_addr), 1);
	return address_class((struct sockaddr *)&in6, sizeof in6);
}

static void
each_block_has_its_class(void **state)
{
	static const struct {
		const char *address;
		enum address_class class;
	} want[] = {
		{ "8.8.8.8", ADDRESS_PUBLIC }, { "9.255.255.255", ADDRESS_PUBLIC },
		{ "10.0.0.0", ADDRESS_PRIVATE }, { "10.255.255.255", ADDRESS_PRIVATE },
		{ "11.0.0.0", ADDRESS_PUBLIC }, { "0.0.0.0", ADDRESS_NEVER },
		{ "0.1.2.3", ADDRESS_NEVER }, { "127.0.0.1", ADDRESS_PRIVATE },
		{ "127.255.255.254", ADDRESS_PRIVATE }, { "128.0.0.1", ADDRESS_PUBLIC },
		{ "100.63.255.255", ADDRESS_PUBLIC }, { "100.64.0.1", ADDRESS_PRIVATE },
		{ "100.127.255.255", ADDRESS_PRIVATE }, { "100.128.0.0", ADDRESS_PUBLIC },
		{ "169.254.169.254", ADDRESS_PRIVATE }, { "172.15.255.255", ADDRESS_PUBLIC },
		{ "172.16.0.1", ADDRESS_PRIVATE }, { "172.31.255.255", ADDRESS_PRIVATE },
		{ "172.32.0.0", ADDRESS_PUBLIC }, { "192.0.0.8", ADDRESS_NEVER },
		{ "192.0.2.1", ADDRESS_NEVER }, { "192.88.99.1", ADDRESS_NEVER },
		{ "192.168.0.1", ADDRESS_PRIVATE }, { "192.169.0.1", ADDRESS_PUBLIC },
		{ "198.18.0.1", ADDRESS_NEVER }, { "198.19.255.255", ADDRESS_NEVER },
		{ "198.20.0.0", ADDRESS_PUBLIC }, { "198.51.100.7", ADDRESS_NEVER },
		{ "203.0.113.7", ADDRESS_NEVER }, { "224.0.0.1", ADDRESS_NEVER },
		{ "240.0.0.1", ADDRESS_NEVER }, { "255.255.255.255", ADDRESS_NEVER },
		{ "::", ADDRESS_NEVER }, { "::1", ADDRESS_PRIVATE },
		{ "::2", ADDRESS_NEVER }, { "::7f00:1", ADDRESS_NEVER },
		{ "::ffff:127.0.0.1", ADDRESS_PRIVATE },
		{ "::ffff:169.254.169.254", ADDRESS_PRIVATE },
		{ "::ffff:8.8.8.8", ADDRESS_PUBLIC },
		{ "::ffff:0.0.0.0", ADDRESS_NEVER },
		{ "64:ff9b::7f00:1", ADDRESS_NEVER }, { "fe80::1", ADDRESS_PRIVATE },
		{ "febf::1", ADDRESS_PRIVATE }, { "fec0::1", ADDRESS_NEVER },
		{ "fc00::1", ADDRESS_PRIVATE }, { "fdff::1", ADDRESS_PRIVATE },
		{ "ff02::1", ADDRESS_NEVER }, { "2001:db8::1", ADDRESS_NEVER },
		{ "2001::1", ADDRESS_NEVER }, { "2001:1ff::1", ADDRESS_NEVER },
		{ "2001:200::1", ADDRESS_PUBLIC }, { "2002:7f00:1::", ADDRESS_NEVER },
		{ "2400::1", ADDRESS_PUBLIC }, { "3fff:fff::1", ADDRESS_NEVER },
		{ "3ffe::1", ADDRESS_PUBLIC }, { "4000::1", ADDRESS_NEVER }
	};

	(void)state;
	for (size_t i = 0; i < NELEMENTS(want); i++)
		if (class_of(want[i].address) != want[i].class)
			fail_msg("%s is not of class %d", want[i].address,
			    (int)want[i].class);
}

static void
other_families_are_never_let_in(void **state)
{
	struct sockaddr other = { .sa_family = AF_UNIX };
	struct sockaddr_in in4 = { .sin_family = AF_INET };

	(void)state;
	assert_int_equal(address_class(&other, sizeof other), ADDRESS_NEVER);
	assert_int_equal(address_class((struct sockaddr *)&in4, 4),
	    ADDRESS_NEVER);
}

static void
only_plain_https_is_fit(void **state)
{
	static const char *const fit[] = {
		"https://a.example/x", "HTTPS://a.example", "https://[::1]:8/x?y#z"
	};
	static const char *const unfit[] = {
		"", "http://a.example/", "file:///etc/passwd", "https:/a.example",
		"https://", "https:///x", "https://user@a.example/",
		"https://a.example\\@b.example/", "https://a.example/ x",
		"https://a.example/\nx", "gopher://a.example/", "//a.example/"
	};
	char longest[ADDRESS_URL_MAX + 2] = "https://a.example/";

	(void)state;
	for (size_t i = 0; i < NELEMENTS(fit); i++)
		assert_true(address_url_is_fit(fit[i]));
	for (size_t i = 0; i < NELEMENTS(unfit); i++)
		if (address_url_is_fit(unfit[i]))
			fail_msg("%s is taken", unfit[i]);
	memset(longest + 18, 'x', ADDRESS_URL_MAX - 18);
	assert_true(address_url_is_fit(longest));
	longest[ADDRESS_URL_MAX] = 'x';
	assert_false(address_url_is_fit(longest));
}

static void
a_link_stays_on_its_hosts(void **state)
{
	(void)state;
	assert_true(address_host_among("https://A.example/x",
	    "https://a.example/feed", ""));
	assert_false(address_host_among("https://b.example/x",
	    "https://a.example/feed", ""));
	assert_true(address_host_among("https://b.example/x",
	    "https://a.example/feed", "c.example b.example"));
	assert_false(address_host_among("https://a.example:8443/x",
	    "https://a.example/feed", ""));
	assert_false(address_host_among("https://a.example.evil.example/",
	    "https://a.example/feed", "b.example"));
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_block_has_its_class),
		cmocka_unit_test(other_families_are_never_let_in),
		cmocka_unit_test(only_plain_https_is_fit),
		cmocka_unit_test(a_link_stays_on_its_hosts)
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
