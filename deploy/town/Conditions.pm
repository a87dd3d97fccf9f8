package Conditions;
# What a patient may live with, and the medicines and equipment that come with it.
use strict;
use warnings;
use utf8;
use Exporter qw(import);
our @EXPORT_OK = qw(conditions medications equipment is_trait);

# trait => [conditions], [medicine: name|dose|usage|blood thinner], [equipment: name|power|battery hours]
my %TRAIT = (
	heart => [['慢性心不全'],
	    ['フロセミド錠20㎎|1錠|朝食後|0', 'カルベジロール錠2.5㎎|1錠|朝夕食後|0'], []],
	af => [['心房細動'], ['アピキサバン錠2.5㎎|1錠|朝夕食後|1'], []],
	copd => [['慢性閉塞性肺疾患（COPD）'],
	    ['カルボシステイン錠500㎎|1錠|毎食後|0', 'チオトロピウム吸入用カプセル18㎍|1カプセル|1日1回 吸入|0'],
	    ['酸素濃縮器|1|0', '携帯用酸素ボンベ|0|']],
	dm => [['2型糖尿病'],
	    ['リナグリプチン錠5㎎|1錠|朝食後|0', 'インスリン グラルギン注|{ins}単位|朝食前 皮下注|0'], []],
	dementia => [['アルツハイマー型認知症'],
	    ['ドネペジル錠5㎎|1錠|朝食後|0', '抑肝散エキス顆粒|2.5g|夕食前|0'], []],
	stroke => [['脳梗塞後遺症（左片麻痺）'], ['クロピドグレル錠75㎎|1錠|朝食後|1'], ['歩行器|0|']],
	parkinson => [['パーキンソン病'],
	    ['レボドパ・カルビドパ配合錠L100|1錠|毎食後と15時|0', 'マグミット錠330㎎|2錠|朝夕食後|0'], []],
	ulcer => [['仙骨部褥瘡'], ['白色ワセリン|適量|処置のとき 塗布|0'],
	    ['エアマットレス|1|0', '電動ベッド|1|']],
	cancer => [['膵がん（在宅緩和ケア）'],
	    ['オキシコドン徐放錠10㎎|1錠|12時間ごと|0', 'オキシコドン速放散5㎎|1包|痛むとき|0', 'ナルデメジン錠0.2㎎|1錠|朝食後|0'],
	    ['電動ベッド|1|']],
	als => [['筋萎縮性側索硬化症（ALS）'], ['リルゾール錠50㎎|1錠|朝夕食前（注入）|0'],
	    ['人工呼吸器|1|6', '吸引器|1|2', '外部バッテリー|0|8', '意思伝達装置|1|3']],
	fracture => [['大腿骨頸部骨折術後', '骨粗鬆症'], ['アレンドロン酸錠35㎎|1錠|週1回 起床時|0', 'エルデカルシトールカプセル0.75㎍|1カプセル|朝食後|0'],
	    ['歩行器|0|', '手すり（置き型）|0|']],
	catheter => [['神経因性膀胱（膀胱留置カテーテル）'], [], ['膀胱留置カテーテル 16Fr|0|']],
	peg => [['嚥下障害（胃ろう造設後）'], ['ランソプラゾールOD錠15㎎|1錠|朝 注入|0', '経腸栄養剤|300mL|1日3回 注入|0'],
	    ['胃ろうカテーテル（バルーン型）|0|', '吸引器|1|2']],
	ckd => [['慢性腎臓病（G4）'], ['球形吸着炭カプセル|10カプセル|毎食間|0', '炭酸水素ナトリウム錠500㎎|2錠|毎食後|0'], []],
	ra => [['関節リウマチ'], ['プレドニゾロン錠5㎎|1錠|朝食後|0', 'メトトレキサート錠2㎎|2錠|週1回 月曜|0'], []],
	insomnia => [['不眠症'], ['スボレキサント錠15㎎|1錠|寝る前|0'], []],
	dysphagia => [['嚥下機能低下'], [], ['吸引器|1|2']],
	ht => [['高血圧症'], ['アムロジピンOD錠5㎎|1錠|朝食後|0'], []],
	constipation => [['慢性便秘症'], ['センノシド錠12㎎|2錠|寝る前|0'], []],
);

sub _gather
{
	my ($slot, $patient) = @_;
	my %seen;
	return grep { !$seen{$_}++ } map { @{ $TRAIT{$_}[$slot] } } @{ $patient->{traits} };
}

sub is_trait { return exists $TRAIT{ $_[0] } }

sub conditions { return map { { name => $_ } } _gather(0, shift) }

sub medications
{
	my ($patient) = @_;
	return map {
		my ($name, $dose, $usage, $thinner) = split /\|/;
		$dose =~ s/\{ins\}/$patient->{insulin}/;
		{ name => $name, dose => $dose, usage => $usage, blood_thinner => $thinner };
	} _gather(1, $patient);
}

sub equipment
{
	my ($patient) = @_;
	return map {
		my ($name, $power, $battery) = split /\|/, $_, -1;
		{ name => $name, power_dependent => $power, battery_hours => $battery };
	} _gather(2, $patient);
}

1;
