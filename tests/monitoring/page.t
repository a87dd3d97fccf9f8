#!/usr/bin/perl
# The page that is red or green, as nginx shows it: on loopback and at no door; it
# renews itself, and turns red while something is wrong.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Test;

my $loopback = client(door => 'loopback');
my $page = $loopback->page('/status');
is $page->status, 200, 'the page';
like $page->text, qr/<body class="(?:ok|look)">/, 'green';
my $head = `curl -sI ${\demo('LOOPBACK_URL')}/status`;
like $head, qr/^Refresh: 30/mi, 'it renews itself without script';
like $head, qr/^Content-Security-Policy: default-src 'self'/mi, 'and runs nothing of others';
is $loopback->get("/$_")->status, 200, "/$_" for qw(status.json metrics static/status.css static/status.js);
my $json = $loopback->get('/status.json')->json;
is_deeply [grep { !exists $json->{$_} } qw(state at wrong look findings)], [], 'JSON says the same';
my $nurse = person('nurse');
is $nurse->get($_)->status, 404, "the professional door has no $_" for qw(/status /status.json /metrics);
is nobody_at('open')->get($_)->status, 404, "nor has the open one" for qw(/status /metrics);

db('SET GLOBAL log_output = "NONE"');       # on, and yet nothing in a file
db('SET GLOBAL general_log = 1');
my $red = wait_for(sub { my $text = $loopback->page('/status')->text; $text =~ /class="wrong"/ && $text }, 60);
db("SET GLOBAL $_") for 'general_log = 0', 'log_output = "FILE"';
ok $red, 'red once something is wrong';
like $red // '', qr/general_log が入っています.*次にすること：.*切ります/s, '  with the next step';
ok wait_for(sub { $loopback->page('/status')->text !~ /class="wrong"/ }, 60), 'and green again';
done_testing;
