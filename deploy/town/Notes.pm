package Notes;
# Composes one note: a calm one of one to six lines, or one that tells of a concern.
# The clauses of a note come from different topics, and a concern stands alone,
# so that no note contradicts itself.
use strict;
use warnings;
use utf8;
use Clock qw(month);
use Phrases qw(read_topics fitting fill);
use Conditions qw(medications);
use Exporter qw(import);
our @EXPORT_OK = qw(load_notes compose compose_away values_for);

my %BOOK;
my %FRAME = map { $_ => 1 } qw(open close vitals voice assess);
my %KIND = (nurse => 'note', helper => 'daily_life', doctor => 'note', pharmacist => 'medication',
    caremanager => 'plan', day => 'daily_life', therapist => 'report', officer => 'note', dentist => 'report');
my %SEASON = (map({ $_ => 'winter' } 12, 1, 2), map({ $_ => 'spring' } 3, 4),
    map({ $_ => 'summer' } 7, 8), map({ $_ => 'autumn' } 10, 11));
my %KIN = (妻 => '奥様', 夫 => 'ご主人', 長女 => '娘さん', 次女 => '娘さん', 長男 => '息子さん', 次男 => '息子さん',
    長男の妻 => 'お嫁さん', 姪 => '姪御さん', 甥 => '甥御さん', 妹 => '妹さん');

sub load_notes
{
	my ($folder) = @_;
	$BOOK{$_} = read_topics("$folder/$_.txt") for sort(keys %KIND), 'away';
	return;
}

# What the braces of this patient's notes stand for on this day; FRACTION of the time is over.
sub values_for
{
	my ($p, $dice, $day, $hour, $fraction) = @_;
	my ($relation) = split / /, $p->{kin};
	my $wound = 5.2 - 3.4 * $fraction + $dice->between(-2, 2) / 10;
	my $systolic = $p->{sbp} + $dice->between(-9, 12);
	my $sat = $p->{sat} + $dice->between(-1, 2);
	return {
		kin => $KIN{$relation}, o2 => $p->{oxygen}, ins => $p->{insulin},
		temp => sprintf('%.1f', 36.2 + $dice->between(0, 7) / 10),
		bp => sprintf('%d/%d', $systolic, int($systolic * 0.56) + $dice->between(-4, 6)),
		hr => $p->{pulse} + $dice->between(-6, 9),
		sat => $p->{oxygen} ? "SpO₂ $sat%（酸素$p->{oxygen}L）" : "SpO₂ $sat%",
		wt => sprintf('%.1f', $p->{weight} + $dice->between(-6, 6) / 10 - $fraction),
		glu => $dice->between(96, 172), wl => sprintf('%.1f', $wound), ww => sprintf('%.1f', $wound * 0.7),
		part => $hour < 10.5 ? '朝' : $hour < 15 ? '昼' : '夕', ampm => $hour < 13 ? '午前' : '午後',
		med => [map { $_->{name} } grep { $_->{name} !~ /ワセリン|栄養剤/ } medications($p)],
		days => defined $p->{away_day} ? $day - $p->{away_day} + 1 : 0,
	};
}

sub compose
{
	my ($role, $p, $dice, $day, $hour, $fraction) = @_;
	my $note = { book => $BOOK{$role}, role => $role, p => $p, dice => $dice, day => $day,
	    value => values_for($p, $dice, $day, $hour, $fraction), kind => $KIND{$role} };
	my $body = $dice->chance(13) && _concern($note) || _calm($note);
	return ($note->{kind}, $body);
}

# From the place where the patient stays for now.
sub compose_away
{
	my ($p, $dice, $day, $hour) = @_;
	my @text = fitting($p, $BOOK{away}{ $p->{whereabouts} });
	return fill($dice->pick(@text), $dice, $day, values_for($p, $dice, $day, $hour, 1));
}

sub _say
{
	my ($note, $topic) = @_;
	my @text = fitting($note->{p}, $note->{book}{$topic}) or return ();
	return fill($note->{dice}->pick(@text), $note->{dice}, $note->{day}, $note->{value});
}

# The topics that concern this patient: those of everybody and those of the conditions.
sub _topics
{
	my ($note, $mark) = @_;
	my ($book, $p) = @$note{qw(book p)};
	my @own = map { ("$_$mark") x ($mark ? 2 : 1) } grep { $book->{"$_$mark"} } @{ $p->{traits} };
	my @all = grep { !$FRAME{ s/!\z//r } && !/\Aseason/ && /!\z/ == ($mark ? 1 : 0) && !Conditions::is_trait(s/!\z//r) }
	    sort keys %$book;
	return grep { fitting($p, $book->{$_}) } $note->{dice}->shuffle(@own, @all);
}

sub _concern
{
	my ($note) = @_;
	my $dice = $note->{dice};
	my ($topic) = _topics($note, '!') or return;
	my @line;
	push @line, _say($note, 'open') if $dice->chance(50);
	push @line, _say($note, $topic);
	push @line, _say($note, 'close!') if $dice->chance(85);
	$note->{kind} = 'report' if $note->{role} eq 'nurse';
	return join $dice->chance(60) ? "\n" : '', @line;
}

sub _calm
{
	my ($note) = @_;
	my $layout = $note->{dice}->between(1, 100);
	return $layout <= 16 ? _line($note)
	    : $layout <= 52 ? _paragraph($note)
	    : $layout <= 82 ? _lines($note)
	    : $layout <= 92 ? _numbered($note)
	    : _soap($note);
}

sub _clauses
{
	my ($note, $count) = @_;
	my @topic = _topics($note, '');
	my @own = grep { Conditions::is_trait($_) } @topic;
	my @chosen = @own && $note->{dice}->chance(75) ? ($own[0]) : ();
	push @chosen, grep { !@chosen || $_ ne $chosen[0] } @topic;
	$#chosen = $count - 1 if @chosen > $count;
	my $season = $SEASON{ month($note->{day}) };
	$chosen[-1] = "season.$season" if $season && $count > 1 && $note->{book}{"season.$season"} && $note->{dice}->chance(9);
	return map { _say($note, $_) } @chosen;
}

sub _vitals
{
	my ($note, $percent) = @_;
	return unless $note->{book}{vitals} && $note->{dice}->chance($percent);
	$note->{kind} = 'observation' if $note->{role} eq 'nurse';
	return _say($note, 'vitals');
}

sub _line
{
	my ($note) = @_;
	return join '', _clauses($note, 1), $note->{dice}->chance(35) ? _say($note, 'close') : ();
}

sub _paragraph
{
	my ($note) = @_;
	my $dice = $note->{dice};
	my @vitals = _vitals($note, 45);
	my @text = ($dice->chance(45) ? _say($note, 'open') : (), _clauses($note, $dice->between(2, 3)));
	push @text, _say($note, 'close') if $dice->chance(30);
	return join "\n", @vitals, join '', @text;
}

sub _lines
{
	my ($note) = @_;
	my $dice = $note->{dice};
	return join "\n", _say($note, 'open'), _vitals($note, 75), _clauses($note, $dice->between(2, 3)),
	    $dice->chance(70) ? _say($note, 'close') : ();
}

sub _numbered
{
	my ($note) = @_;
	my @mark = qw(① ② ③);
	my @clause = _clauses($note, 3);
	@clause = map { shift(@mark) . $_ } @clause if @clause > 1;
	return join "\n", _say($note, 'open'), _vitals($note, 50), @clause, _say($note, 'close');
}

# Told, seen, judged, planned: as nurses and doctors write.
sub _soap
{
	my ($note) = @_;
	return _lines($note) unless $note->{book}{assess};
	my @told = _say($note, 'voice');
	return join "\n", (map { "S）$_" } @told), 'O）' . join('', (map { s/(?<!。)\z/。/r } _vitals($note, 100)), _clauses($note, 2)),
	    'A）' . _say($note, 'assess'), 'P）' . _say($note, 'close');
}

1;
