package Facts;
# The small tables about a patient: allergies, contacts, directives and the rest.
use strict;
use warnings;
use utf8;
use Clock qw(civil);
use Codes qw(mobile_written fixed_phone);
use Conditions qw(conditions medications equipment);
use Exporter qw(import);
our @EXPORT_OK = qw(facts);

use constant RELATIVE => 20; # the mobile of the demo's relative, daughter of the first patient

my @HOURS = ('24時間', '平日18時以降・土日終日', '平日9時〜17時', '日中（夜間は次の方へ）');
my @CHILD = qw(修 真弓 和也 智世 秀樹 久美);
my %WISH = (
	cancer => '最期まで自宅で過ごしたい。心肺蘇生と人工呼吸は望まない。苦痛を和らげる処置は希望する。',
	als => '人工呼吸器は本人の意思で開始した。意思表示ができなくなった後の扱いは、家族と主治医が毎年話し合う。',
	heart => '入院は本人が望むときだけとする。心肺蘇生は望まない。点滴は苦痛を伴わない範囲で。',
	dementia => '食べられなくなっても胃ろうは望まない。家族の顔が見える場所で過ごしたい。',
	peg => '胃ろうは継続する。気管切開・人工呼吸は望まない。',
);

# { file => [ rows ] } for one patient.
sub facts
{
	my ($p, $today) = @_;
	my %of = (patient => $p->{key});
	return {
		allergy => [map { { %of, %$_ } } _allergies($p)],
		health_condition => [map { { %of, %$_, since => _since($p, $_->{name}, $today) } } conditions($p)],
		medication => [map { { %of, %$_ } } medications($p)],
		equipment => [map { { %of, %$_ } } equipment($p)],
		emergency_contact => [map { { %of, %$_ } } _contacts($p)],
		advance_directive => [map { { %of, %$_ } } _directive($p, $today)],
	};
}

sub _allergies
{
	my ($p) = @_;
	return unless $p->{allergy};
	my ($substance, $reaction) = split /:/, $p->{allergy};
	return { substance => $substance, reaction => $reaction };
}

# Wounds and cancer are of late, the rest has been there for years.
sub _since
{
	my ($p, $name, $today) = @_;
	return civil($today - $p->{dice}->between($name =~ /褥瘡|がん/ ? (380, 700) : (900, 5000)));
}

sub _contacts
{
	my ($p) = @_;
	my $dice = $p->{dice};
	my ($relation, $given) = split / /, $p->{kin};
	my $mobile = 1000 + 2 * $p->{n};
	my @contact = ({ order => 1, name => "$p->{family} $given", relation => $relation,
	    phone => $p->{n} == 1 ? mobile_written(RELATIVE) : $p->{n} == 8 ? fixed_phone(108) : mobile_written($mobile), hours => $dice->pick(@HOURS[0, 1]) });
	push @contact, { order => 2, name => "$p->{family} " . $dice->pick(grep { $_ ne $p->{given} && $_ ne $given } @CHILD), relation => '親族',
	    phone => mobile_written($mobile + 1), hours => $dice->pick(@HOURS) } if $dice->chance(70);
	return @contact;
}

sub _directive
{
	my ($p, $today) = @_;
	my ($trait) = grep { $WISH{$_} } @{ $p->{traits} };
	return unless $trait && ($p->{n} == 1 || $p->{dice}->chance(60));
	my $ago = $p->{dice}->between(20, 300);
	my $day = $today - $ago > $p->{consent_day} ? $today - $ago : $p->{consent_day};
	return { summary => $WISH{$trait}, author => $p->{team}{doctor}{user}, date => civil($day) };
}

1;
