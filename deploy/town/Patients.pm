package Patients;
# The forty patients, and, when asked, as many more by the same rules.
use strict;
use warnings;
use utf8;
use Clock qw(civil day_of);
use Codes qw(TOWN insurer_number insured_number fixed_phone);
use Names;
use Random;
use Exporter qw(import);
our @EXPORT_OK = qw(patients);

# name|kana|sex|birth|care level|lives alone|nearest relative|traits|place now, days ago|allergies
# Two share name and sound in part (佐久間), two are a couple (鵜飼), one was born on a leap day.
my $TABLE = <<'END';
佐久間 ハル|さくま はる|f|1935-03-03|care3|0|長女 明美|heart af copd|home|ペニシリン系抗菌薬:全身の発疹・呼吸困難
土屋 勲|つちや いさお|m|1942-07-19|care4|0|妻 美津枝|dm ulcer ht|home|
江上 ミツ|えがみ みつ|f|1938-01-25|care4|0|長男 浩|stroke catheter constipation|home|ラテックス:接触部のかぶれ
高見沢 修|たかみざわ おさむ|m|1947-05-08|care3|0|妻 洋子|parkinson fracture|hospital 4|
神﨑 トミ|かんざき とみ|f|1931-11-30|care2|1|次女 律子|dementia ht insomnia|home|そば:じんま疹
髙橋田 国男|たかはしだ くにお|m|1940-02-29|care5|0|妻 シゲ子|als peg|home|
仁科 文子|にしな ふみこ|f|1944-09-14|care2|1|長男 貴志|heart ckd ht|home|ヨード造影剤:血圧低下
鵜飼 正二|うかい しょうじ|m|1936-12-05|care3|0|妻 静江|copd heart constipation|home|
鵜飼 静江|うかい しずえ|f|1939-04-02|care1|0|夫 正二|ra ht|home|サルファ剤:発疹
丹生 喜代|にう きよ|f|1925-06-14|care4|0|長男の妻 久美子|heart ulcer dysphagia|home|
棚橋 邦彦|たなはし くにひこ|m|1951-08-21|care5|0|妻 由紀|cancer insomnia|home|アスピリン:喘息発作
衣笠 スエ|きぬがさ すえ|f|1933-10-10|care3|1|姪 典代|stroke af constipation|home|
小坂部 信夫|おさかべ のぶお|m|1949-03-17|care2|1|長女 恵美|dm ht|home|
宇津木 サト|うつぎ さと|f|1930-08-08|care3|0|長男 守|dementia fracture|home|えび・かに:口の中の腫れ
穂積 源太郎|ほづみ げんたろう|m|1937-06-27|care2|0|妻 千枝|parkinson constipation|home|
久我山 ツル|くがやま つる|f|1928-02-12|care4|0|次男 健次|heart dementia ulcer|home|
日比野 定雄|ひびの さだお|m|1943-11-03|care3|0|妻 妙子|stroke dysphagia ht|short_stay 3|
朝比野 ノブ|あさひの のぶ|f|1934-05-19|care1|1|長女 真理|ht insomnia|home|
茂木田 勝|もぎた まさる|m|1955-01-09|care5|0|妻 春美|als peg|home|卵:じんま疹
里吉 イネ|さとよし いね|f|1932-12-22|care2|1|甥 光男|ra fracture|home|
大和田 幸作|おおわだ こうさく|m|1939-09-30|care3|0|長男 英明|copd af|home|セフェム系抗菌薬:発疹
柘植 マサ|つげ まさ|f|1936-04-11|care4|0|長女 秋子|dm stroke ulcer|home|
越智田 晴男|おちだ はるお|m|1946-10-26|care2|0|妻 恭子|heart ckd|hospital 11|
新舘 キヌ|にいだて きぬ|f|1929-07-07|care3|0|長男の妻 佳代|dementia constipation ht|home|さば:じんま疹
有馬田 義雄|ありまだ よしお|m|1941-03-28|care1|1|長男 徹|copd ht|home|
牛尾 八千代|うしお やちよ|f|1945-12-01|care5|0|夫 敏行|peg stroke|home|
鹿島田 康|かしまだ やすし|m|1968-04-16|care3|0|妻 智美|cancer|home|
細野 セツ|ほその せつ|f|1937-02-03|support2|1|次女 陽子|ht ra|home|
佐久間 春江|さくま はるえ|f|1940-11-23|care1|1|長女 知子|af ht|home|
三枝田 忠|さえぐさだ ただし|m|1935-08-15|care4|0|妻 チエ|parkinson dysphagia ulcer|home|
安曇 ヒデ|あずみ ひで|f|1926-09-09|care4|0|長男 昭彦|dementia heart|facility 40|
鬼頭田 博之|きとうだ ひろゆき|m|1952-06-06|care2|1|妹 節子|dm ckd|home|ペニシリン系抗菌薬:発疹
玉城田 ナミ|たまきだ なみ|f|1938-05-05|care3|0|長女 直美|stroke insomnia|home|
藤﨑 俊朗|ふじさき としろう|m|1944-01-31|support1|0|妻 芳子|ht|home|
柊 ヤス|ひいらぎ やす|f|1933-03-21|care2|1|長男 和彦|heart insomnia constipation|home|牛乳:下痢
目黒田 一郎|めぐろだ いちろう|m|1948-07-24|care3|0|妻 緑|catheter dm|short_stay 2|
尾花 ウメ|おばな うめ|f|1930-04-29|care3|1|次男 修司|dementia af|home|
波多江 進|はたえ すすむ|m|1943-08-02|care4|0|妻 智恵子|copd cancer|home|
渡邊田 綾|わたなべだ あや|f|1961-02-18|care2|1|妹 香|ra dm|home|
千石 弥生|せんごく やよい|f|1947-03-01|none|1|長女 若菜|ht fracture|home|
END

my @STREET = qw(ふたば さつき台 さくら坂 港町 中央 やなぎ原);
my @ALLERGY = ('', '', '', 'ペニシリン系抗菌薬:発疹', 'そば:じんま疹', 'ヨード造影剤:吐き気');
my @TRAITS = ('heart af', 'copd ht', 'dm ht', 'dementia ht', 'stroke constipation', 'parkinson', 'heart ckd',
    'ra insomnia', 'fracture ht', 'dm ulcer', 'catheter stroke', 'dementia dysphagia');

sub patients
{
	my ($now, $count) = @_;
	my @line = split /\n/, $TABLE;
	$#line = $count - 1 if $count < @line;
	my @patient = map { _by_hand($_) } @line;
	push @patient, _by_dice(scalar @patient + 1) while @patient < $count;
	my $n = 0;
	_complete($_, ++$n, day_of($now)) for @patient;
	return @patient;
}

sub _by_hand
{
	my ($line) = @_;
	my ($name, $kana, $sex, $birth, $level, $alone, $kin, $traits, $place, $allergy) = split /\|/, $line, -1;
	my ($family, $given) = split / /, $name;
	my ($kf, $kg) = split / /, $kana;
	return {
		family => $family, given => $given, kana_family => $kf, kana_given => $kg,
		sex => $sex eq 'f' ? 'female' : 'male', birth_date => $birth, care_level => $level,
		lives_alone => $alone, kin => $kin, traits => [split / /, $traits], place => $place,
		allergy => $allergy,
	};
}

sub _by_dice
{
	my ($n) = @_;
	my $dice = Random->new("patient $n");
	my $sex = $dice->pick(qw(female female male));
	my $name = Names::elder($dice, $sex);
	my $alone = $dice->chance(40) ? 1 : 0;
	my $spouse = $sex eq 'male' ? '妻 和代' : '夫 忠義';
	return {
		%$name, sex => $sex,
		birth_date => sprintf('%d-%02d-%02d', $dice->between(1926, 1955), $dice->between(1, 12), $dice->between(1, 28)),
		care_level => $dice->pick(qw(support2 care1 care2 care3 care4)), lives_alone => $alone,
		kin => $alone ? $dice->pick('長女 恵', '長男 聡') : $dice->pick($spouse, '長女 祐子', '長男 孝'),
		traits => [split / /, $dice->pick(@TRAITS)], place => 'home', allergy => $dice->pick(@ALLERGY),
	};
}

sub _complete
{
	my ($p, $n, $today) = @_;
	my $dice = $p->{dice} = Random->new("details of patient $n");
	$p->{n} = $n;
	$p->{key} = sprintf 'p%02d', $n;
	my ($place, $ago) = split / /, $p->{place};
	my $consent = $dice->chance(14) ? $dice->between(90, 330) : $dice->between(400, 1500);
	$p->{consent_day} = $today - $consent;
	$p->{consent_on} = civil($p->{consent_day});
	$p->{whereabouts} = $place;
	$p->{away_day} = $place eq 'home' ? undef : $today - $ago;
	$p->{whereabouts_since} = civil($p->{away_day} // $p->{consent_day} - $dice->between(0, 400));
	_identify($p, $dice);
	_body($p, $dice);
	return;
}

sub _identify
{
	my ($p, $dice) = @_;
	my $home = $p->{family} eq '鵜飼' ? 'ふたば6-3' : $dice->pick(@STREET) . $dice->between(1, 9) . '-' . $dice->between(1, 28);
	$p->{address} = "むつみ町$home";
	$p->{phone} = fixed_phone(100 + ($p->{n} == 9 ? 8 : $p->{n}));
	$p->{insurer_number} = insurer_number(TOWN);
	$p->{insured_number} = insured_number($p->{n}, $p->{birth_date} ge '1965');
	return;
}

# Flags that phrases ask for: M/F sex, A/T alone or together, O eats by mouth, W walks, V speaks, N does not.
sub _body
{
	my ($p, $dice) = @_;
	my %has = map { $_ => 1 } @{ $p->{traits} };
	$p->{has} = \%has;
	my $weak = $has{als} || $p->{care_level} =~ /\Acare[45]\z/;
	$p->{flags} = {
		($p->{sex} eq 'male' ? 'M' : 'F') => 1, ($p->{lives_alone} ? 'A' : 'T') => 1,
		(O => $has{peg} ? 0 : 1), (W => $weak ? 0 : 1), ($has{als} ? 'N' : 'V') => 1,
	};
	$p->{insulin} = $dice->between(4, 12);
	$p->{sbp} = $dice->between(112, 138);
	$p->{pulse} = $dice->between(64, 78);
	$p->{sat} = $has{copd} ? 93 : 97;
	$p->{oxygen} = $has{copd} ? ($p->{n} == 1 ? 2 : $dice->pick(1, 1.5, 2)) : 0;
	$p->{weight} = $dice->between($p->{sex} eq 'male' ? (48, 63) : (38, 54)) + $dice->between(0, 9) / 10;
	return;
}

1;
