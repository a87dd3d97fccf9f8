package Names;
# Invented people. Family names are on the rare side and given names drawn by dice.
use strict;
use warnings;
use utf8;
use Random;

my @FAMILY = map { [split /:/] } qw(
    浅茅:あさじ 芦名:あしな 粟津:あわづ 飯沼:いいぬま 井坂:いさか 石動:いするぎ 市来:いちき 伊庭:いば
    入江:いりえ 岩瀬:いわせ 宇治田:うじた 海老沢:えびさわ 大槻:おおつき 岡留:おかどめ 奥寺:おくでら
    小田切:おだぎり 折原:おりはら 笠間:かさま 梶谷:かじたに 粕谷:かすや 勝俣:かつまた 鎌形:かまがた
    川添:かわぞえ 菊入:きくいり 岸波:きしなみ 木藤:きとう 楠田:くすだ 国枝:くにえだ 久保木:くぼき
    倉掛:くらかけ 黒岩:くろいわ 越水:こしみず 駒形:こまがた 榊田:さかきだ 桜庭:さくらば 佐古:さこ
    塩見:しおみ 篠塚:しのづか 下平:しもだいら 白浜:しらはま 神﨑:かんざき 杉谷:すぎたに 諏訪部:すわべ
    瀬古:せこ 髙倉:たかくら 滝口:たきぐち 竹迫:たけさこ 立花田:たちばなだ 千種:ちぐさ 津曲:つまがり
    寺岡:てらおか 遠山:とおやま 栃木:とちぎ 長峰:ながみね 名和:なわ 西尾:にしお 沼尻:ぬまじり
    根津:ねづ 野呂:のろ 羽生田:はにゅうだ 濵口:はまぐち 東原:ひがしはら 平岩:ひらいわ 福士:ふくし
    古橋:ふるはし 真壁:まかべ 増子:ましこ 水沼:みずぬま 峰岸:みねぎし 毛利田:もうりだ 柳瀬:やなせ
    弓削:ゆげ 吉開:よしかい 若狭:わかさ 渡會:わたらい 宮﨑:みやざき 邊見:へんみ 齊田:さいだ 德永:とくなが);

my @STAFF = map { [split /:/] } qw(
    直樹:なおき 由香:ゆか 健太:けんた 恵:めぐみ 大介:だいすけ 智子:ともこ 亮:りょう 香織:かおり
    翔太:しょうた 美穂:みほ 隼人:はやと 彩:あや 圭介:けいすけ 裕子:ゆうこ 康平:こうへい 陽菜:ひな
    祐司:ゆうじ 真由美:まゆみ 達也:たつや 沙織:さおり 洋平:ようへい 典子:のりこ 航:わたる 千尋:ちひろ
    浩二:こうじ 麻衣:まい 修平:しゅうへい 和美:かずみ 悠斗:ゆうと 紗季:さき 雅人:まさと 里美:さとみ
    徹:とおる 志保:しほ 啓太:けいた 綾乃:あやの 信也:しんや 絵理:えり 誠:まこと 瑞穂:みずほ);

my %ELDER = (
	female => [map { [split /:/] } qw(
	    フミ:ふみ トヨ:とよ シズ:しず ヨシ:よし キミ:きみ タケ:たけ 和子:かずこ 節子:せつこ 千代:ちよ
	    文江:ふみえ 貞子:さだこ 静枝:しずえ 八重:やえ 富子:とみこ 信子:のぶこ 敏子:としこ 幸:さち
	    チヱ:ちえ 初枝:はつえ 君江:きみえ)],
	male => [map { [split /:/] } qw(
	    清:きよし 茂:しげる 実:みのる 正雄:まさお 三郎:さぶろう 博:ひろし 武:たけし 昭:あきら 利夫:としお
	    義一:よしかず 辰男:たつお 源治:げんじ 廣:ひろし 喜久雄:きくお 善作:ぜんさく 寅吉:とらきち
	    久:ひさし 嘉助:かすけ 弘:ひろむ 与一:よいち)],
);

# COUNT different names for colleagues; two of them read the pages in English.
sub staff
{
	my ($count) = @_;
	my @family = Random->new('staff families')->shuffle(@FAMILY);
	my @given = Random->new('staff given')->shuffle(@STAFF);
	my @name = map { _pair($family[$_ % @family], $given[($_ + int($_ / @family) * 7) % @given]) } 0 .. $count - 1;
	$_->{language} = 'ja' for @name;
	splice @name, 58, 0, _foreign('デウィ', 'サリナ', 'でうぃ', 'さりな');
	splice @name, 80, 0, _foreign('オルテア', 'リンジー', 'おるてあ', 'りんじー');
	return @name;
}

sub elder
{
	my ($dice, $sex) = @_;
	return _pair($dice->pick(@FAMILY), $dice->pick(@{ $ELDER{$sex} }));
}

sub _pair
{
	my ($family, $given) = @_;
	return { family => $family->[0], kana_family => $family->[1], given => $given->[0], kana_given => $given->[1] };
}

sub _foreign
{
	my ($family, $given, $kf, $kg) = @_;
	return { family => $family, given => $given, kana_family => $kf, kana_given => $kg, language => 'en' };
}

1;
