package Year;
# A year of notes for one patient: visits by profession, scenes in which several answer
# each other, and for the demo people's patients what happened in the last hours.
use strict;
use warnings;
use utf8;
use Clock qw(day_of hour_of weekday at_clock DAY HOUR);
use Random;
use Phrases qw(read_scenes fill);
use Notes qw(compose compose_away values_for);
use Teams qw(author);
use Exporter qw(import);
our @EXPORT_OK = qw(load_scenes entries);

use constant { SETTLED => 4, MARGIN => 5 * 60, TRIES => 30 };

# role => every how many days, percent written down, hours of writing, days off:
# 1 none, 0 Sundays, 2 Saturdays too
my %HABIT = (
	nurse => [3.5, 55, 9.5, 17.8, 0], helper => [2, 21, 8, 19, 1], doctor => [14, 92, 13, 18.5, 0],
	pharmacist => [14, 80, 10, 18, 0], caremanager => [24, 92, 9.5, 17.2, 2], day => [7, 32, 16.8, 17.6, 0],
	therapist => [7, 36, 10, 16.5, 0], officer => [90, 90, 9, 16.8, 2], dentist => [28, 70, 10, 16, 0],
);
my %KIND = (nurse => 'observation', helper => 'daily_life', doctor => 'note', pharmacist => 'medication', caremanager => 'plan');

# The last hours on the demo people's patients: patient, role, minutes ago, urgent, text.
my @LAST = (
	[1, 'helper', 1220, 0, '夕食は八割。「足が重い」と話されました。室内は手引きで歩行。'],
	[1, 'pharmacist', 260, 0, "カルボシステイン錠が飲み込みにくいとのこと。シロップへの変更はいかがでしょうか。\n残薬は14日分です。"],
	[1, 'nurse', 40, 1, '右下腿の腫れと熱感が昨日より強いです。体温37.8℃、SpO₂ 93%（酸素2L）。周径は右36.5㎝・左33㎝。写真を添えます。診察の要否をご判断ください。'],
	[2, 'caremanager', 170, 0, '来週の訪問を火曜に変えられますか。奥様の通院と重なりました。'],
	[2, 'helper', 100, 0, "昼食8割、間食なし。おしりのガーゼに少しにじみがありました。\n奥様は「夜中に2回、向きを変えました」とのことです。"],
	[3, 'helper', 130, 0, '尿バッグ550mLを破棄。色は薄い黄色で、にごりなし。「息子が日曜に来る」とうれしそうでした。'],
	[4, 'caremanager', 300, 0, '病棟と電話で話しました。退院前カンファレンスは{next:3}の午後になりそうです。ご都合をお知らせください。'],
	[5, 'helper', 75, 1, '訪問時、鍋が空だきになっていました。火は消し、換気しました。ご本人にけがはなく「知らない」とのこと。ﾍﾙﾊﾟｰの次の訪問は明日です。夕方に見守りに入れる方はいませんか。'],
	[6, 'doctor', 330, 0, "カニューレ交換を行いました。出血なし、換気量も変わりありません。\n加温加湿器の水位にご注意ください。"],
	[7, 'nurse', 205, 0, "体温36.4℃、血圧124/70、脈拍72/分、SpO₂ 97%。\n浮腫なし、体重は先週と同じです。"],
	[8, 'pharmacist', 190, 0, "吸入の残数と手技を確認しました。残薬は3回分のみ。\n奥様（静江さん）の分も同じ日に配薬します。"],
	[11, 'nurse', 115, 0, "NRS 2、レスキューは昨日1回。足浴のあと眠られました。\n奥様「今日は顔が穏やかで」と。"],
);

my @SCENE;

sub load_scenes { my ($folder) = @_; @SCENE = read_scenes("$folder/scenes.txt"); return }

# All entries of a patient in order of time; `answers` points to the entry answered.
sub entries
{
	my ($p, $users, $now, $days) = @_;
	my $today = day_of($now);
	my $start = $today - $days > $p->{consent_day} ? $today - $days : $p->{consent_day};
	my $year = { p => $p, users => $users, now => $now, start => $start, end => $today, seen => {}, entries => [] };
	_last_hours($year) if $p->{n} <= 12;
	_scenes($year);
	_visits($year, $_) for grep { $p->{team}{$_} } sort keys %HABIT;
	_stay($year) if defined $p->{away_day};
	my @sorted = sort { $a->{at} <=> $b->{at} || $a->{serial} <=> $b->{serial} } @{ $year->{entries} };
	return @sorted;
}

sub _fraction { my ($year, $day) = @_; return ($day - $year->{start}) / ($year->{end} - $year->{start} || 1) }

sub _add
{
	my ($year, %entry) = @_;
	return if $entry{at} > $year->{now} - MARGIN || $year->{seen}{ $entry{body} }++;
	my $added = { patient => $year->{p}{key}, urgent => 0, serial => scalar @{ $year->{entries} }, %entry };
	push @{ $year->{entries} }, $added;
	return $added;
}

sub _visits
{
	my ($year, $role) = @_;
	my ($p, $start, $end) = @$year{qw(p start end)};
	my ($every, $percent, $from, $until, $off) = @{ $HABIT{$role} };
	my $dice = Random->new("$p->{key} $role");
	$end = $p->{away_day} - 1 if defined $p->{away_day};
	for (my $d = $start + $dice->between(0, int $every); $d <= $end; $d += $every) {
		my $day = int $d;
		$day = _working_day($day, $off, $dice);
		next if $day < $start || $day > $end || !$dice->chance($percent);
		_visit($year, $role, $dice, $day, $from, $until);
	}
	return;
}

sub _working_day
{
	my ($day, $off, $dice) = @_;
	return $day - $dice->between(1, 4) if $off == 2 && weekday($day) == 6;
	return $day + ($off == 2 ? $dice->between(1, 5) : $dice->pick(-1, 1)) if $off != 1 && weekday($day) == 0;
	return $day;
}

sub _visit
{
	my ($year, $role, $dice, $day, $from, $until) = @_;
	my $p = $year->{p};
	my $hour = $from + ($until - $from) * $dice->between(0, 1000) / 1000;
	my $author = author($p, $role, $dice, $year->{users});
	for (1 .. TRIES) {
		my ($kind, $body) = compose($role, $p, $dice, $day, $hour, _fraction($year, $day));
		next if $year->{seen}{$body};
		return _add($year, author => $author, at => at_clock($day, $hour), kind => $kind, body => $body);
	}
	return;
}

# Scenes are over some days before now, so that all answers are there.
sub _scenes
{
	my ($year) = @_;
	my ($p, $start) = @$year{qw(p start)};
	my $dice = Random->new("$p->{key} scenes");
	my $end = (defined $p->{away_day} ? $p->{away_day} : $year->{end}) - SETTLED;
	my @fit = grep { ($_->{trait} eq 'any' || $p->{has}{ $_->{trait} }) && Phrases::fits($p, $_->{flags}) } @SCENE;
	for my $kind ([1, 105], [0, 75]) {
		my ($urgent, $every) = @$kind;
		my @deck;
		for (my $day = $start + $dice->between(3, $every); $day < $end; $day += $dice->between(int($every * 0.6), int($every * 1.4))) {
			@deck = $dice->shuffle(grep { $_->{urgent} == $urgent } @fit) unless @deck;
			_scene($year, $dice, shift @deck, $day) if @deck;
		}
	}
	return;
}

sub _scene_kind
{
	my ($scene, $role) = @_;
	return $role eq 'nurse' && !$scene->{urgent} ? 'note' : $KIND{$role};
}

sub _scene
{
	my ($year, $dice, $scene, $day) = @_;
	my $p = $year->{p};
	$day++ if weekday($day) == 0;
	my $hour = $dice->between(920, 1320) / 100;
	my $value = values_for($p, $dice, $day, $hour, _fraction($year, $day));
	my $first;
	for my $post (@{ $scene->{posts} }) {
		my $later = int($post->{delay} / DAY);
		my $added = _add($year, author => $p->{team}{ $post->{role} }{user},
		    at => at_clock($day, $hour) + $post->{delay} + $dice->between(0, 170),
		    kind => $later ? 'report' : _scene_kind($scene, $post->{role}), urgent => $first ? 0 : $scene->{urgent},
		    body => fill($post->{text}, $dice, $day + $later, $value), answers => $later ? undef : $first);
		return unless $added;
		$first //= $added;
	}
	return;
}

# What waits now. A calm note is moved out of the night, an urgent one is not.
sub _last_hours
{
	my ($year) = @_;
	for my $last (grep { $_->[0] == $year->{p}{n} } @LAST) {
		my ($n, $role, $minutes, $urgent, $body) = @$last;
		my $at = $year->{now} - $minutes * 60;
		if (!$urgent && (hour_of($at) < 7 || hour_of($at) > 20)) {
			my $day = hour_of($at) < 7 ? day_of($at) - 1 : day_of($at);
			$at = at_clock($day, 19.5 - $minutes / 1440);
		}
		_add($year, author => $year->{p}{team}{$role}{user}, at => $at, kind => $KIND{$role},
		    urgent => $urgent, body => fill($body, Random->new('last hours'), $year->{end}, {}));
	}
	return;
}

sub _stay
{
	my ($year) = @_;
	my $p = $year->{p};
	my $dice = Random->new("$p->{key} stay");
	for (my $day = $p->{away_day}; $day <= $year->{end}; $day += $dice->between(1, 3)) {
		my $hour = $dice->between(1000, 1650) / 100;
		_add($year, author => author($p, 'away', $dice, $year->{users}), at => at_clock($day, $hour),
		    kind => 'report', body => compose_away($p, $dice, $day, $hour));
	}
	return;
}

1;
