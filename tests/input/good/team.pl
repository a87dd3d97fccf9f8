# Values that would do, and the names that must be there: ../fields.t
use utf8;
+{
    'POST /team/import' => [{}],
    'POST /team/unmanaged' => [{ birth_date => '1935-03-03', insured_number => '' }],
    'POST /team/check' => [{ family => 'あ', given => 'い', kana_family => 'あ', kana_given => 'い', sex => 'female', birth_date => '1935-03-03', address => '', phone => '', insurer_number => '', insured_number => '', care_level => 'none', lives_alone => 0, anyway => 0 }, qw(family given kana_family kana_given sex birth_date)],
    'POST /team/invitation/{invitation}/accept' => [{ user => 'cd' x 16, whole_office => 0 }],
    'POST /team/invitation/{invitation}/approve' => [{ approved_by => 'だれか', approved_relation => '本人', approved_on => '2026-01-01' }, qw(approved_by approved_relation approved_on)],
    'POST /team/invitation/{invitation}/decline' => [{ reason => '手が足りない' }, qw(reason)],
    'POST /team/new' => [{ family => 'あ', given => 'い', kana_family => 'あ', kana_given => 'い', sex => 'female', birth_date => '1935-03-03', address => '', phone => '', insurer_number => '', insured_number => '', care_level => 'none', lives_alone => 0, anyway => 0 }, qw(family given kana_family kana_given sex birth_date)],
    'POST /team/{patient}/consents' => [{ purpose => 'research', form => 'written', signed_by => 'self', explainer => 'だれか', given_on => '2026-01-01' }, qw(purpose form signed_by explainer given_on)],
    'POST /team/{patient}/consents/{consent}/image' => [{}],
    'POST /team/{patient}/consents/{consent}/withdraw' => [{ withdrawn_by => 'だれか', withdrawn_relation => '本人', people => 1 }, qw(withdrawn_by withdrawn_relation)],
    'POST /team/{patient}/end' => [{ reason => 'moved', ended_on => '2026-01-01' }, qw(reason ended_on)],
    'POST /team/{patient}/handover' => [{ office => 'cd' x 16, reason => '終わり' }, qw(office reason)],
    'POST /team/{patient}/invite' => [{ office => 'cd' x 16, team_role => 'stay', reason => 'お願い' }, qw(office team_role reason)],
    'POST /team/{patient}/join' => [{ user => 'cd' x 16, whole_office => 0, team_role => 'stay', approved_by => 'だれか', approved_relation => '本人', approved_on => '2026-01-01' }, qw(team_role)],
    'POST /team/{patient}/person' => [{ family => 'あ', given => 'い', kana_family => 'あ', kana_given => 'い', sex => 'female', birth_date => '1935-03-03', address => '', phone => '', insurer_number => '', insured_number => '', lives_alone => 0, reason => '保険証で', anyway => 0 }, qw(family given kana_family kana_given sex birth_date reason)],
    'POST /team/{patient}/person/check' => [{ family => 'あ', given => 'い', kana_family => 'あ', kana_given => 'い', sex => 'female', birth_date => '1935-03-03', address => '', phone => '', insurer_number => '', insured_number => '', lives_alone => 0, reason => '保険証で', anyway => 0 }, qw(family given kana_family kana_given sex birth_date reason)],
    'POST /team/{patient}/proxies' => [{ kind => 'family', name => 'だれか', relation => '長女', scope => '医療', valid_from => '2026-01-01', ends_on => '2099-01-01' }, qw(scope valid_from ends_on)],
    'POST /team/{patient}/{member}/role' => [{ team_role => 'stay' }, qw(team_role)],
};
