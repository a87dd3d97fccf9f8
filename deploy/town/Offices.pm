package Offices;
# The twenty-five offices of the town and the hundred and twenty-one people who work in them.
use strict;
use warnings;
use utf8;
use Random;
use Names;
use Codes qw(office_number fixed_phone mobile);
use Exporter qw(import);
our @EXPORT_OK = qw(offices users);

# key|name|kind|district|who else works there: profession x how many
my $OFFICE = <<'END';
tadokoro|たどころ医院|clinic|ふたば1-4|010x1 040x2 330x1
sakurazaka|さくら坂クリニック|clinic|さくら坂2-11|010x2 040x2 330x1
hamabe|浜辺内科|clinic|港町5-3|010x2 040x1 330x1
tsukushi|つくし歯科医院|clinic|ふたば2-8|020x2 130x2
hospital|むつみ総合病院|hospital|中央1-1|010x3 040x5 305x2 190x1
aoba|あおば薬局|pharmacy|ふたば1-5|030x2
komorebi|こもれび薬局|pharmacy|港町4-9|030x3
mutsumi|むつみ訪問看護|visiting_nurse|さつき台3-1|040x4 080x1 090x1
nagisa|訪問看護ステーションなぎさ|visiting_nurse|港町2-6|040x4 100x1
yukiwari|訪問看護ゆきわり|visiting_nurse|さくら坂1-2|040x4 080x1
michishirube|居宅介護支援事業所みちしるべ|care_manager|中央3-7|300x1 150x2
satsukidai|ケアプランさつき台|care_manager|さつき台1-10|150x4
hidamari|訪問介護ひだまり|home_help|ふたば4-2|170x2 301x3
kodama|ヘルパーステーションこだま|home_help|港町1-12|170x2 301x3
futaba|デイサービスふたばの家|day_service|ふたば5-1|303x1 170x3 040x1
umikaze|デイサービスセンター海風|day_service|港町6-4|303x1 170x3 040x1
mutsumiso|特別養護老人ホームむつみ荘|facility|さくら坂4-1|303x1 170x3 302x1 040x1 190x1
houkatsu|むつみ町地域包括支援センター|community_support|中央2-2|060x1 160x1 300x1
welfare|むつみ町役場 福祉課|town_division|中央2-1|331x2
bousai|むつみ町役場 防災課|town_division|中央2-1|332x1
kaigo|むつみ町役場 介護保険課|town_division|中央2-1|331x1 341x1
kenko|むつみ町役場 健康課|town_division|中央2-1|060x1 331x1
fire|むつみ消防署|fire_station|中央4-5|310x2 311x1 312x1
board|むつみ町介護認定審査会|council|中央2-1|
council|むつみ町つながり帳協議会 事務局|council|中央2-3|330x1
END

# login|office|professions, joined by +|family|given|kana|kana|manager of the office|roles
my $NAMED = <<'END';
doctor|tadokoro|010|田所|正|たどころ|ただし|1|
nurse|mutsumi|040|三好|かえで|みよし|かえで|0|
pharmacist|aoba|030|南|さつき|みなみ|さつき|1|
caremanager|michishirube|150|宮内|順子|みやうち|じゅんこ|0|
helper|hidamari|301|小野寺|光|おのでら|ひかる|0|
officer|welfare|331|名倉|誠一|なぐら|せいいち|1|officer
disasterofficer|bousai|332|苅谷|剛史|かりや|たけふみ|1|disaster_officer
clerk|kenko|331|深見|理恵|ふかみ|りえ|1|clerk
crew|fire|310|鳥居|拓真|とりい|たくま|0|crew
dispatcher|fire|312|室井|奈緒|むろい|なお|1|dispatcher
secretary|kaigo|341|戸塚|和枝|とつか|かずえ|1|secretary
member1|board|010|堀越|隆雄|ほりこし|たかお|1|board_member
member2|board|020|有働|慶子|うどう|けいこ|0|board_member
member3|board|040|生駒|久美|いこま|くみ|0|board_member
member4|board|160|野﨑|勝則|のざき|かつのり|0|board_member
member5|board|150|比嘉田|幸江|ひがた|ゆきえ|0|board_member
manager|mutsumi|040|髙安|美智代|たかやす|みちよ|1|
operator|council|210|柳沼|慎吾|やぎぬま|しんご|1|operator
privacy|council|210|伏見|あずさ|ふしみ|あずさ|0|privacy_officer
relative||350|佐久間|明美|さくま|あけみ|0|
outsider|nagisa|040|早瀬|みなと|はやせ|みなと|0|
lost|mutsumi|040|栗栖|千夏|くるす|ちなつ|0|
carenurse|satsukidai|150+040|汐見|千鶴|しおみ|ちづる|0|
END

# Who joined when all others had their numbers.
my $LATER = 'hospitaldesk|hospital|040|由良|みのり|ゆら|みのり|0|hospital_desk';

# Coordinates in the open sea: no house stands there.
sub offices
{
	my ($n, @office) = (0);
	my $dice = Random->new('offices');
	for my $line (split /\n/, $OFFICE) {
		my ($key, $name, $kind, $street, $staff) = split /\|/, $line, -1;
		$n++;
		push @office, {
			key => $key, name => $name, kind => $kind, staff => $staff,
			office_number => office_number($n),
			phone => fixed_phone($n), address => "むつみ町$street",
			lat => sprintf('%.4f', 33.5 + $dice->between(0, 400) / 10000),
			lon => sprintf('%.4f', 137.5 + $dice->between(0, 400) / 10000),
		};
	}
	return @office;
}

sub users
{
	my (@office) = @_;
	my @user = map { _named($_) } split /\n/, $NAMED;
	my %managed = map { $_->{office} => 1 } grep { $_->{office_manager} } @user;
	my @name = Names::staff(200);
	for my $office (@office) {
		my $n = 1;
		for my $staff (split / /, $office->{staff}) {
			my ($profession, $count) = split /x/, $staff;
			push @user, _colleague($office->{key}, ++$n, $profession, shift @name, \%managed) for 1 .. $count;
		}
	}
	push @user, _named($LATER);
	_reach(\@user);
	return @user;
}

sub _named
{
	my ($login, $office, $professions, $family, $given, $kf, $kg, $manager, $roles) = split /\|/, shift, -1;
	my ($profession, @further) = split /[+]/, $professions;
	return {
		key => $login, login => $login, office => $office, profession => $profession, further_professions => join(',', @further),
		family => $family, given => $given, kana_family => $kf, kana_given => $kg,
		office_manager => $manager, roles => $roles, language => 'ja',
	};
}

sub _colleague
{
	my ($office, $n, $profession, $name, $managed) = @_;
	my $login = "$office$n";
	return {
		key => $login, login => $login, office => $office, profession => $profession, further_professions => '', %$name,
		office_manager => $managed->{$office}++ ? 0 : 1, roles => _roles($profession),
	};
}

sub _roles
{
	my ($profession) = @_;
	my %role = (331 => 'officer', 332 => 'disaster_officer', 341 => 'secretary',
	    310 => 'crew', 311 => 'crew', 312 => 'dispatcher');
	return $role{$profession} // '';
}

# The five who share the nurse's patients are on duty at every hour.
sub _reach
{
	my ($users) = @_;
	my %five = map { $_ => 1 } qw(doctor nurse pharmacist caremanager helper);
	my $n = 0;
	for my $user (@$users) {
		my $dice = Random->new("user $user->{key}");
		$user->{mail} = "$user->{login}\@mutsumi.example";
		$user->{mobile} = mobile(++$n);
		$user->{on_duty} = $five{ $user->{key} } || $dice->chance(60) ? 1 : 0;
	}
	return;
}

1;
