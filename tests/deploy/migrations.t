#!/usr/bin/perl
# Expand, then contract: a migration only adds, so that the program before goes on
# beside the new one. What takes away says so in its file's name, in a later release.
use strict;
use warnings;
use File::Basename qw(basename dirname);
use FindBin;
use Test::More;

sub slurp { open my $in, '<', $_[0] or die "$_[0]: $!\n"; local $/; return <$in> }

# Parts of a text that a comma separates, outside of brackets and quotes.
sub parts {
    my ($text) = @_;
    my ($depth, @part) = (0, '');
    while ($text =~ /\G('(?:[^'\\]|\\.|'')*'|.)/gs) {
        my $is = $1;
        $depth += $is eq '(' ? 1 : $is eq ')' ? -1 : 0;
        if ($is eq ',' && !$depth) { push @part, '' }
        else { $part[-1] .= $is }
    }
    s/\A\s+|\s+\z//g for @part;
    return @part;
}

# Statements that may or may not take something away, which no pattern can tell: each was
# looked at, and says why the program before goes on. By file and clause, for ever.
my %checked = (
    'care/0017-bulletin-claim.sql' => { 'MODIFY publisher' => 'type and NULL as before: the comment alone changes' },
    'care/0050-mention.sql' => { 'MODIFY kind' => 'one word more at the end of an ENUM' },
    'timeline/0040-mention.sql' => { 'MODIFY kind' => 'one word more at the end of an ENUM' },
    'care/0057-disease-network.sql' => { 'MODIFY COLUMN purpose' => 'one word more at the end of an ENUM' },
    'care/0060-hospital-role.sql' => { 'MODIFY roles' => 'one word more at the end of a SET' },
    'care/0083-consent-expired.sql' => { map { ("MODIFY COLUMN $_" => 'one word more at the end of an ENUM') } qw(end_reason left_reason) },
    'timeline/0032-disease-network.sql' => { 'MODIFY COLUMN further' => 'wider, NULL as before' },
    'board/0007-scheme.sql' => { map { ("MODIFY $_" => 'words more at the end of an ENUM') } qw(field insured_class previous_level level first_level) },
    'disaster/0004-asking.sql' => { 'MODIFY COLUMN method' => 'one word more at the end of an ENUM' },
    'vaccination/0012-due-line.sql' => { 'DROP PRIMARY KEY' => 'the program before inserts under the key `one`, which is the same two columns' },
    'meeting/0050-forum-link.sql' => { 'MODIFY COLUMN recording' => 'type and default as before: the comment alone changes' },
    'feed/0003-document.sql' => { 'MODIFY url_hash' => 'type and NULL as before: the comment alone changes' },
);

# Why the program before could not go on, or nothing.
sub takes_away {
    my ($statement, $checked) = @_;
    return 'a table goes' if $statement =~ /\ADROP\s+TABLE|\ARENAME\b|\ATRUNCATE\b/i;
    # What the program before reads, or leans on without knowing; CREATE OR REPLACE keeps it.
    my ($goes) = $statement =~ /\A(DROP\s+(?:VIEW|TRIGGER|PROCEDURE|FUNCTION|EVENT|SEQUENCE)\s+(?:IF\s+EXISTS\s+)?\S+)/i;
    return "$goes: say CREATE OR REPLACE, or look at it (\%checked)" if $goes && !$checked->{ $goes =~ s/\s+/ /gr };
    my ($clauses) = $statement =~ /\AALTER\s+TABLE\s+(?:IF\s+EXISTS\s+)?\S+\s+(.*)\z/is or return;
    for my $clause (parts($clauses)) {
        return "'$clause' may be narrower than before: look at it (\%checked)"
            if $clause =~ /\A((?:MODIFY|ALTER)\s+(?:COLUMN\s+)?(?:IF\s+EXISTS\s+)?\w+)/i && !$checked->{ $1 =~ s/\s+/ /gr };
        next if $clause =~ /\A(DROP\s+PRIMARY\s+KEY)\z/i && $checked->{ $1 =~ s/\s+/ /gr };
        return "'$clause' takes away or renames" if $clause =~ /\A(?:DROP\s+(?:COLUMN\b|(?!(?:KEY|INDEX|CONSTRAINT|FOREIGN)\b)\w+)|RENAME|CHANGE)\b/i;
        next if $clause !~ /\AADD\s+(?:COLUMN\s+)?(?:IF\s+NOT\s+EXISTS\s+)?(?!(?:UNIQUE|KEY|INDEX|CONSTRAINT|FOREIGN|PRIMARY|CHECK|FULLTEXT)\b)\w+/i;
        return "'$clause': a row of the program before has nothing for it"
            if $clause =~ /\bNOT\s+NULL\b/i && $clause !~ /\bDEFAULT\b|\bAUTO_INCREMENT\b|\bAS\s*\(/i;
    }
    return;
}

is(takes_away($_), undef, "adds: $_") for 'ALTER TABLE a ADD COLUMN b INT NULL, ADD KEY b (b, c)', 'ALTER TABLE a ADD COLUMN b TINYINT NOT NULL DEFAULT 0',
    'ALTER TABLE a DROP KEY due, ADD KEY due (a)', 'CREATE TABLE a (id INT NOT NULL)', "ALTER TABLE a ADD COLUMN b ENUM('x', 'y') NULL";
ok(takes_away($_), "takes away: $_") for 'ALTER TABLE a DROP COLUMN b', 'ALTER TABLE a DROP b', 'ALTER TABLE a CHANGE b c INT', 'DROP TABLE a',
    'ALTER TABLE a ADD COLUMN b INT NULL, ADD COLUMN c INT NOT NULL', 'ALTER TABLE a RENAME COLUMN b TO c',
    'ALTER TABLE a MODIFY b INT NOT NULL', 'ALTER TABLE a ADD KEY b (b), MODIFY COLUMN b INT', 'ALTER TABLE a ALTER COLUMN b DROP DEFAULT',
    'ALTER TABLE a ALTER b SET DEFAULT 1', 'ALTER TABLE a DROP PRIMARY KEY', 'DROP VIEW a', 'DROP TRIGGER IF EXISTS a', 'DROP PROCEDURE a';
is(takes_away('ALTER TABLE a MODIFY b VARCHAR(9) NOT NULL', { 'MODIFY b' => 'wider' }), undef, 'what was looked at may be');
is(takes_away('CREATE OR REPLACE VIEW a AS SELECT 1'), undef, 'a view may be replaced');

my @file = glob "$FindBin::Bin/../../db/*/[0-9]*.sql";
cmp_ok(scalar @file, '>', 5, 'migrations: ' . @file);
for my $file (@file) {
    my $name = basename(dirname($file)) . '/' . basename($file);
    (my $text = slurp($file)) =~ s/^\s*--.*$//mg;
    $text =~ s/\s--\s.*$//mg;
    my @why = grep { defined } map { s/\A\s+|\s+\z//gr } map { takes_away(s/\A\s+//r, $checked{$name}) // () } split /;\s*$/m, $text;
    ok(!@why || $name =~ /-contract-/, "$name only adds") or diag join "\n", @why;
}
is(join(' ', grep { !-e "$FindBin::Bin/../../db/$_" } sort keys %checked), '', 'what was looked at is there');
done_testing;
