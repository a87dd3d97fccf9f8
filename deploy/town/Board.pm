package Board;
# The review boards' town: 46 applications in two sittings, and what members proposed; one
# for a support level (障害支援区分).
use strict;
use warnings;
use utf8;
use Clock qw(civil DAY);
use Codes qw(TOWN municipality_code insurer_number insured_number fixed_phone);
use Exporter qw(import);
use Names;
use Random;
our @EXPORT_OK = qw(applications proposals support_application);

use constant { ITEMS => 74, FIRST => 30, ALL => 46 };

my @LEVEL = qw(not_eligible support1 support2 care1 care2 care3 care4 care5);
my @FROM = (180, 250, 320, 320, 500, 700, 900, 1100);
my @TO = (245, 315, 495, 495, 695, 895, 1090, 1450);
my @MOST = ((2) x 9, 3, 3, 4, 3, 3, 3, 3, 4, 3, 5, 5, (4, 4, 3, 4, 4, 4, 3, 3, 3, 4, 4, 3), 4, (2) x 6, 3, 3, (3) x 15, 3, 3, 4, 3, 4, 4, (2) x 12);

# What a surveyor writes, by how heavy it is.
my @NOTE = (
    ['屋内は一人で歩き、身のまわりのことはすべて自分で行う。', '買い物は週に二度、近くの店まで歩いて行く。'],
    ['歩行は安定しているが、立ち上がるときは机に手をつく。', '浴槽のまたぎに不安があり、家族が声をかける。', 'つめ切りは足の指だけ家族が行う。'],
    ['長く歩くと息が切れ、途中で休む。家の中では家具に手をつく。', '洗身は背中だけ介助を受ける。', '薬は自分で飲むが、週に一度ほど飲み忘れる。'],
    ['立ち上がりと歩行に手すりを使う。屋外は付き添いが要る。', '洗身は一部介助。ズボンの上げ下ろしに時間がかかり、週に二度ほど手伝う。', '同じことを何度もたずねる日がある。'],
    ['移乗は見守り。夜間の排尿に、家族が毎晩一度付き添う。', '排便のあと始末に一日一度の介助がある。', '薬は家族が手わたし、飲むまで見守る。'],
    ['歩行は介助がないとできない。移動は車いすを押してもらう。', '排尿は日中一部介助、夜間はおむつを交換する。', '食事は自分で食べるが、途中で手が止まり声をかける。'],
    ['寝返りと起き上がりに介助が要る。移乗は全介助。', '食事は三食とも一部介助、むせることがある。', '昼夜が逆になり、夜に大声を出すことが月に数回ある。'],
    ['ほぼ一日ベッドの上で過ごす。体位変換は二時間ごとに行う。', '食事、排せつ、着替えはすべて全介助。', '意思の伝達は、うなずきでときどきできる。'],
);
my @OPINION = ('変形性膝関節症。痛みはあるが症状は安定している。', '脳梗塞後遺症。再発予防の内服を続けており、安定している。',
    'アルツハイマー型認知症。短期記憶に問題があり、日課の理解に声かけが要る。', '慢性心不全。この三か月で二度の増悪があり、症状は不安定。',
    '大腿骨頸部骨折術後。歩行訓練により維持・改善が見こまれる。', 'パーキンソン病。日内変動があり、転倒に注意が要る。');
my @REASON = ('一次判定どおり', '特記事項から、夜間の介助の手間が読み取れる', '意見書に不安定とあり、重く見た', '自分でできることが多く、手間は少ない');

sub answers
{
	my ($dice, $level) = @_;
	return join '', map { $dice->chance(4 + $level * 9) ? $dice->between(2, $MOST[$_]) : 1 } 0 .. ITEMS - 1;
}

# One application; the state image's band goes both ways.
sub application
{
	my ($n, $today) = @_;
	my $dice = Random->new("application $n");
	my $level = $dice->pick(1, 2, 3, 3, 3, 4, 4, 4, 5, 5, 6, 7);
	my $kind = $dice->pick(qw(new renewal renewal renewal change));
	my $sex = $dice->pick(qw(female female male));
	my $name = Names::elder($dice, $sex);
	my $second = $n % 15 == 0;
	my $age = $second ? $dice->between(45, 63) : $dice->between(70, 97);
	my $applied = $today - ($n <= FIRST ? $dice->between(12, 24) : $dice->between(3, 12));
	my $previous = $kind eq 'new' ? undef : $dice->chance(70) ? $level : $dice->between($level > 1 ? $level - 1 : 1, $level);
	my @note = @{ $NOTE[$level] };
	return {
		serial_number => $n <= FIRST ? $n : $n - FIRST, sitting => $n <= FIRST ? 1 : 2, n => $n,
		%$name, sex => $sex, age => $age, birth_date => civil($today - int(($age + 0.4) * 365.25)),
		address => 'むつみ町' . $dice->pick(qw(中央 ふたば さくら坂 港町)) . $dice->between(1, 5) . '-' . $dice->between(1, 30), phone => fixed_phone(7000 + $n),
		insurer_number => insurer_number(TOWN), insured_number => insured_number($n <= 12 ? $n : 900 + $n),
		kind => $kind, insured_class => $second ? 'second' : 'first', disease => $second ? '脳血管疾患' : undef, applied_on => civil($applied),
		previous_level => defined $previous ? $LEVEL[$previous] : undef, previous_months => defined $previous ? $dice->pick(6, 12, 12, 24) : undef,
		previous_to => defined $previous ? civil($applied + 45) : undef, first_level => $LEVEL[$level], level => $level,
		tenths => $dice->between($FROM[$level], $TO[$level]), answers => answers($dice, $level),
		stability => $dice->chance(75) ? 'stable' : 'unstable', probability => $dice->between(2, 96),
		survey_note => join("\n", map { "（$_->[0]）$_->[1]" } map { [$_ + 1, $note[$_]] } 0 .. $#note), physician_opinion => $dice->pick(@OPINION),
	};
}

# Of the 80 items a few are marked; no minutes, no class of insured, no thirty days.
sub support_application
{
	my ($today) = @_;
	my $dice = Random->new('support application');
	my $applied = $today - 34;
	my @answer = (1) x 80;
	@answer[9, 18, 19, 21, 22, 24, 26, 27, 30, 31, 45, 51, 61, 66] = (2, 2, 2, 2, 3, 3, 2, 3, 3, 2, 4, 3, 5, 3);
	return {
		%{ Names::elder($dice, 'male') }, sex => 'male', age => 34, birth_date => civil($today - int(34.4 * 365.25)), address => 'むつみ町ふたば2-14',
		phone => fixed_phone(7900), municipality_code => municipality_code(TOWN), recipient_number => '9950000001', disability => '知的障害・精神障害',
		kind => 'renewal', applied_on => civil($applied), previous_level => 'class3', previous_months => 36, previous_to => civil($applied + 75),
		first_level => 'class3', answers => join('', @answer),
		survey_note => "（2-8）お金は家族が管理し、買い物のたびに必要な額を渡す。\n（4-28）知らない人がいる場所では動けなくなり、付き添いが週に二度ほど要る。\n（4-12）夜に一人で出ようとすることが月に一度ある。",
		physician_opinion => '知的障害、不安障害。症状は安定しているが、環境が変わると不眠が続く。',
	};
}

sub applications { my ($today) = @_; return map { application($_, $today) } 1 .. ALL }

# What five members think of one: mostly the first stage; of every third they differ.
sub proposals
{
	my ($a) = @_;
	my $dice = Random->new("proposals $a->{n}");
	my $image = $a->{stability} eq 'stable' ? 'cognitive_decline' : 'unstable';
	my $months = $a->{kind} eq 'renewal' ? 12 : 6;
	my @proposal;
	for my $member (1 .. 5) {
		my $level = $a->{level};
		$level += $dice->pick(-1, 1) if $a->{n} % 3 == 0 && $dice->chance(45);
		$level = $level < 1 ? 1 : $level > 7 ? 7 : $level;
		my $way = $level == $a->{level} ? 0 : $level < $a->{level} ? 3 : $dice->pick(1, 2);
		push @proposal, { member => $member, level => $LEVEL[$level], months => $months, comment => $REASON[$way],
			state_image => $level == 3 && $a->{tenths} >= 320 && $a->{tenths} < 500 ? $image : undef };
	}
	return @proposal;
}

1;
