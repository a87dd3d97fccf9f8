#!/usr/bin/perl
# Every route with every person, by rules: who gets in is said here by hand and
# compared with what the programs do. Nothing makes these rules from a program;
# a route, an admission or a person without a rule fails.
use strict;
use warnings;
use utf8;
use Test::More;
use Tomozuna::Device;
use Tomozuna::Routes;
use Tomozuna::Test;

# ---- the rules ----

# Route => [admission, inputs, whether it changes something].
my %ROUTE = (
    'GET /'                                         => ['USER',           '-'],
    'GET /sign-in'                                  => ['DEVICE',         '-'],
    'POST /sign-in'                                 => ['DEVICE',         'login:text,password:secret', 1],
    'POST /sign-out'                                => ['SESSION',        '-', 1],
    'GET /unlock'                                   => ['SESSION',        '-'],
    'POST /unlock'                                  => ['SESSION',        'pin:secret', 1],
    'GET /account'                                  => ['USER',           '-'],
    'POST /account/language'                        => ['USER',           'lang:choice', 1],
    'POST /account/notice'                          => ['USER',           'kind:choice,channel:choice,wanted:boolean', 1],
    'GET /notice/{token}'                           => ['PUBLIC',         '-'],
    'POST /notice/{token}'                          => ['PUBLIC',         '-', 1],
    'POST /account/duty'                            => ['USER',           'on_duty:boolean,pin:secret', 1],
    'POST /account/test'                            => ['USER',           '-', 1],
    'GET /duty'                                     => ['OFFICE_MANAGER', '-'],
    'POST /duty/{user}'                             => ['OFFICE_MANAGER', 'may_stand_in:boolean', 1],
    'GET /devices'                                  => ['OFFICE_MANAGER', '-'],
    'POST /devices/{device}/revoke'                 => ['OFFICE_MANAGER', '-', 1],
    'GET /patients'                                 => ['USER',           '-'],
    'POST /patients/search'                         => ['USER',           'q:text'],
    'GET /patients/{patient}'                       => ['TEAM',           '-'],
    'POST /patients/{patient}/portrait'             => ['TEAM',           'portrait:files,thumbnail:files,agreed:boolean,crews:boolean', 1],
    'POST /patients/{patient}/portrait/crews'       => ['TEAM',           'crews:boolean', 1],
    'POST /patients/{patient}/portrait/remove'      => ['TEAM',           '-', 1],
    'GET /patients/{patient}/portrait'              => ['TEAM',           '-'],
    'GET /patients/{patient}/portrait/thumbnail'    => ['TEAM',           '-'],
    'GET /timeline/{patient}'                       => ['TEAM',           'older:cursor'],
    'POST /timeline/{patient}'                      => ['TEAM',           'body:lines,kind:choice,audience:choice,profession:text,person:ref,disease_network:ref,urgent:boolean,reply_to:ref,answers:boolean,asked:text,due_on:date,attachment:files,thumbnail:files', 1],
    'GET /timeline/{patient}/questions'             => ['TEAM',           '-'],
    'GET /timeline/{patient}/write'                 => ['TEAM',           '-'],
    'POST /timeline/{patient}/search'               => ['TEAM',           'q:text,older:cursor'],
    'GET /timeline/{patient}/state'                 => ['TEAM',           'since:ref'],
    'GET /timeline/{patient}/draft'                 => ['TEAM',           'reply_to:ref'],
    'POST /timeline/{patient}/draft'                => ['TEAM',           'body:lines,kind:choice,audience:choice,profession:text,person:ref,disease_network:ref,urgent:boolean,reply_to:ref,stamp:text', 1],
    'GET /timeline/{patient}/{entry}'               => ['TEAM',           '-'],
    'POST /timeline/{patient}/{entry}/unread'       => ['TEAM',           '-', 1],
    'POST /timeline/{patient}/{entry}/correct'      => ['TEAM',           'body:lines', 1],
    'POST /timeline/{patient}/{entry}/withdraw'     => ['TEAM',           'reason:text', 1],
    'POST /timeline/{patient}/{entry}/recall'       => ['TEAM',           '-', 1],
    'GET /timeline/{patient}/{entry}/move'          => ['TEAM',           '-'],
    'POST /timeline/{patient}/{entry}/move'         => ['TEAM',           'patient:ref', 1],
    'POST /timeline/{patient}/{entry}/fax'          => ['TEAM',           'sent_to:text', 1],
    'GET /timeline/{patient}/{entry}/fax/{fax}'     => ['TEAM',           '-'],
    'POST /timeline/{patient}/{entry}/read'         => ['TEAM',           '-', 1],
    'POST /timeline/{patient}/{entry}/acknowledge'  => ['TEAM',           '-', 1],
    'GET /timeline/{patient}/{entry}/readers'       => ['TEAM',           '-'],
    'GET /timeline/{patient}/own'                   => ['USER', 'older:cursor'],
    'GET /timeline/{patient}/own/{entry}/files/{file}' => ['USER', 'save:boolean'],
    'GET /record/{patient}/own'                     => ['USER', 'older:cursor'],
    'GET /record/{patient}/own/{paper}'             => ['USER', '-'],
    'GET /team'                                     => ['USER', '-'],
    'GET /team/new'                                 => ['USER', '-'],
    'POST /team/check'                              => ['USER', 'family:text,given:text,kana_family:text,kana_given:text,sex:choice,birth_date:text,address:text,phone:text,insurer_number:text,insured_number:text,care_level:choice,lives_alone:boolean,anyway:boolean'],
    'POST /team/new'                                => ['USER', 'family:text,given:text,kana_family:text,kana_given:text,sex:choice,birth_date:text,address:text,phone:text,insurer_number:text,insured_number:text,care_level:choice,lives_alone:boolean,anyway:boolean', 1],
    'POST /team/unmanaged'                          => ['OFFICER', 'birth_date:text,insured_number:text'],
    'GET /team/import'                              => ['OFFICER', '-'],
    'POST /team/import'                             => ['OFFICER', 'table:files', 1],
    'GET /team/import/{import}'                     => ['OFFICER', '-'],
    'POST /team/import/{import}'                    => ['OFFICER', '-', 1],
    'GET /team/{patient}'                           => ['TEAM', '-'],
    'GET /team/{patient}/letter'                    => ['TEAM', '-'],
    'POST /team/{patient}/join'                     => ['TEAM', 'user:ref,whole_office:boolean,team_role:choice,approved_by:text,approved_relation:text,approved_on:date', 1],
    'POST /team/{patient}/{member}/leave'           => ['USER', '-', 1],
    'POST /team/{patient}/{member}/role'            => ['USER', 'team_role:choice', 1],
    'GET /team/{patient}/consents'                  => ['USER', '-'],
    'POST /team/{patient}/consents'                 => ['USER', 'purpose:choice,disease_network:ref,form:choice,signed_by:choice,proxy:ref,signer:text,signer_relation:text,sign_reason:text,explainer:text,given_on:date,valid_until:date,officer:boolean,team_role:choice,scope:text,image:files', 1],
    'GET /team/{patient}/consents/{consent}'        => ['USER', '-'],
    'POST /team/{patient}/consents/{consent}/withdraw' => ['USER', 'withdrawn_by:text,withdrawn_relation:text,people:integer', 1],
    'POST /team/{patient}/consents/{consent}/image' => ['USER', 'image:files,was:ref', 1],
    'GET /team/{patient}/consents/{consent}/image'  => ['USER', '-'],
    'GET /team/{patient}/form'                      => ['USER', '-'],
    'GET /team/{patient}/person'                    => ['USER', '-'],
    'POST /team/{patient}/person/check'             => ['USER', 'family:text,given:text,kana_family:text,kana_given:text,sex:choice,birth_date:text,address:text,phone:text,insurer_number:text,insured_number:text,lives_alone:boolean,reason:text,was:ref,anyway:boolean'],
    'POST /team/{patient}/person'                   => ['USER', 'family:text,given:text,kana_family:text,kana_given:text,sex:choice,birth_date:text,address:text,phone:text,insurer_number:text,insured_number:text,lives_alone:boolean,reason:text,was:ref,anyway:boolean', 1],
    'POST /team/{patient}/proxies'                  => ['USER', 'kind:choice,name:text,relation:text,phone:text,scope:text,valid_from:date,ends_on:date', 1],
    'POST /team/{patient}/proxies/{proxy}/end'      => ['USER', '-', 1],
    'POST /team/{patient}/invite'                   => ['USER', 'office:ref,team_role:choice,reason:text', 1],
    'POST /team/invitation/{invitation}/accept'     => ['USER', 'user:ref,whole_office:boolean', 1],
    'POST /team/invitation/{invitation}/decline'    => ['USER', 'reason:text', 1],
    'POST /team/invitation/{invitation}/cancel'     => ['USER', '-', 1],
    'POST /team/invitation/{invitation}/resend'     => ['USER', '-', 1],
    'POST /team/invitation/{invitation}/approve'    => ['USER', 'approved_by:text,approved_relation:text,approved_on:date', 1],
    'POST /team/{patient}/handover'                 => ['USER', 'office:ref,reason:text', 1],
    'POST /team/handover/{handover}/accept'         => ['USER', '-', 1],
    'POST /team/handover/{handover}/decline'        => ['USER', '-', 1],
    'POST /team/handover/{handover}/cancel'         => ['USER', '-', 1],
    'POST /team/{patient}/end'                      => ['USER', 'reason:choice,ended_on:date', 1],
    'POST /team/{patient}/undo-end'                 => ['USER', '-', 1],
    'GET /team/health'                              => ['LOOPBACK',       '-'],
    'GET /team/metrics'                             => ['LOOPBACK',       '-'],
    # The record.
    # Groups that are about no patient.
    'GET /forums'                                   => ['USER',           '-'],
    'POST /forums'                                  => ['USER',           'name:text,about:text,open_to:choice,profession:text', 1],
    'GET /forums/{forum}'                           => ['USER',           'older:cursor'],
    'POST /forums/{forum}'                          => ['USER',           'body:lines,reply_to:ref', 1],
    'POST /forums/{forum}/read'                     => ['USER',           'upto:ref', 1],
    'POST /forums/{forum}/{entry}/withdraw'         => ['USER',           '-', 1],
    'GET /forums/{forum}/members'                   => ['USER',           '-'],
    'POST /forums/{forum}/members'                  => ['USER',           'person:ref', 1],
    'POST /forums/{forum}/leave'                    => ['USER',           '-', 1],
    'POST /forums/{forum}/close'                    => ['USER',           '-', 1],
    'GET /forum/health'                             => ['LOOPBACK',       '-'],
    'GET /forum/metrics'                            => ['LOOPBACK',       '-'],
    'GET /bulletins'                                => ['USER',           '-'],
    'GET /bulletins/drills'                         => ['USER',           '-'],
    'GET /bulletins/outbreaks'                      => ['USER',           '-'],
    'POST /bulletins/outbreaks'                     => ['USER',           'disease:choice,place:choice,began_on:date,ended_on:date,counted_on:date,ill_users:integer,ill_staff:integer', 1],
    'GET /bulletins/outbreaks/{outbreak}'           => ['USER',           '-'],
    'POST /bulletins/outbreaks/{outbreak}'          => ['USER',           'disease:choice,place:choice,began_on:date,ended_on:date,counted_on:date,ill_users:integer,ill_staff:integer,withdrawn:boolean', 1],
    'GET /bulletins/{network}'                      => ['PUBLIC',         '-'],
    'GET /bulletin/health'                          => ['LOOPBACK',       '-'],
    'GET /bulletin/metrics'                         => ['LOOPBACK',       '-'],
    'GET /timeline/{patient}/{entry}/files'         => ['TEAM',           '-'],
    'GET /timeline/{patient}/{entry}/files/{file}'  => ['TEAM',           'save:boolean'],
    'GET /timeline/{patient}/{entry}/files/{file}/thumbnail' => ['TEAM',  '-'],
    # Vaccination.
    'GET /vaccination' => ['USER', '-'],
    'GET /vaccination/stock' => ['USER', '-'],
    'GET /vaccination/due' => ['USER', '-'],
    'GET /vaccination/bookings' => ['USER', '-'],
    'POST /vaccination/bookings/{booking}/offer' => ['USER', 'offered_on:date,offered_time:text,offer_note:text', 1],
    'POST /vaccination/bookings/{booking}/decline' => ['USER', 'note:text', 1],
    'POST /vaccination/bookings/{booking}/done' => ['USER', 'note:text', 1],
    'GET /vaccination/desk' => ['CLERK', '-'],
    'POST /vaccination/desk/find' => ['CLERK', 'q:text'],
    'GET /vaccination/desk/due' => ['CLERK', 'vaccine:integer,overdue:boolean,clinic:ref,older:cursor'],
    'GET /vaccination/desk/calls' => ['CLERK', '-'],
    'POST /vaccination/desk/{patient}/calls' => ['CLERK', 'result:choice,note:text', 1],
    'POST /vaccination/desk/{patient}/agreement' => ['CLERK', 'mobile:text,agreed_by:text,agreed_relation:text', 1],
    'POST /vaccination/desk/{patient}/agreement/end' => ['CLERK', 'note:text', 1],
    'GET /vaccination/desk/{patient}' => ['CLERK', '-'],
    'POST /vaccination/desk/{patient}/bookings' => ['CLERK', 'vaccine:text,clinic:ref,place:choice,wanted_1:date,wanted_2:date,wanted_3:date,wanted_note:text,caller:text,caller_relation:text,caller_phone:text', 1],
    'POST /vaccination/desk/{patient}/bookings/{booking}/confirm' => ['CLERK', 'note:text', 1],
    'POST /vaccination/desk/{patient}/bookings/{booking}/again' => ['CLERK', 'note:text', 1],
    'POST /vaccination/desk/{patient}/bookings/{booking}/cancel' => ['CLERK', 'note:text', 1],
    'GET /vaccination/desk/{patient}/bookings/{booking}/card' => ['CLERK', '-'],
    'POST /vaccination/stock' => ['USER', 'product:text,lot_number:text,expires_on:date,stock:integer', 1],
    'POST /vaccination/stock/{lot}' => ['USER', 'stock:integer', 1],
    'GET /vaccination/{patient}' => ['TEAM', '-'],
    'POST /vaccination/{patient}' => ['TEAM', 'vaccine:text,given_on:date,dose_number:integer,product:text,lot_number:text,expires_on:date,site:choice,route:choice,dose_ml:text,place:text,doctor_name:text', 1],
    'POST /vaccination/{patient}/visits' => ['TEAM', 'vaccine:text,planned_on:date,note:text', 1],
    'GET /vaccination/{patient}/visits/{visit}' => ['TEAM', '-'],
    'GET /vaccination/{patient}/visits/{visit}/state' => ['TEAM', '-'],
    'POST /vaccination/{patient}/visits/{visit}/screening' => ['TEAM', 'temperature:text,leaflet:choice,illness:choice,immunosuppressed:choice,bleeding:choice,doctor_agreed:choice,recent_illness:choice,unwell:choice,convulsion:choice,severe_allergy:choice,component_allergy:choice,past_reaction:choice,fainting:choice,pregnant:choice,recent_vaccine:choice,has_question:choice,wish:choice,signer:choice,signer_name:text,signer_relation:text,sign_reason:text,intent_confirmed_by:text,note:lines', 1],
    'POST /vaccination/{patient}/visits/{visit}/judgement' => ['TEAM', 'form:ref,judgement:choice,mode:choice,explained:boolean,acute_illness:boolean,remark:lines,reason:lines', 1],
    'POST /vaccination/{patient}/visits/{visit}/dose' => ['TEAM', 'lot:ref,product:text,lot_number:text,expires_on:date,site:choice,route:choice,dose_ml:text,programme:text,condition:boolean,minutes_ago:integer', 1],
    'POST /vaccination/{patient}/visits/{visit}/close' => ['TEAM', 'watched_by:text,condition_after:choice,early_reason:text', 1],
    'POST /vaccination/{patient}/visits/{visit}/not_given' => ['TEAM', 'reason:choice,note:text', 1],
    'POST /vaccination/{patient}/visits/{visit}/cancel' => ['TEAM', '-', 1],
    'POST /vaccination/{patient}/visits/{visit}/papers' => ['TEAM', 'kind:choice,photo:files', 1],
    'GET /vaccination/{patient}/visits/{visit}/papers/{paper}' => ['TEAM', '-'],
    'GET /vaccination/{patient}/doses/{immunization}' => ['TEAM', '-'],
    'POST /vaccination/{patient}/doses/{immunization}/correct' => ['TEAM', 'given_on:date,dose_number:integer,product:text,lot_number:text,expires_on:date,site:choice,route:choice,dose_ml:text,reason:text', 1],
    'POST /vaccination/{patient}/doses/{immunization}/mistake' => ['TEAM', 'reason:text', 1],
    'POST /vaccination/{patient}/adverse_events/{adverse_event}/mistake' => ['TEAM', 'reason:text', 1],
    'POST /vaccination/{patient}/doses/{immunization}/adverse_events' => ['TEAM', 'event:text,other:text,began_on:date,began_hour:integer,note:lines', 1],
    'POST /vaccination/{patient}/adverse_events/{adverse_event}/report' => ['TEAM', 'reference:text', 1],
    'GET /vaccination/{patient}/adverse_events/{adverse_event}' => ['TEAM', '-'],
    'GET /vaccination/{patient}/adverse_events/{adverse_event}/paper' => ['TEAM', '-'],
    'POST /vaccination/{patient}/adverse_events/{adverse_event}/form' => ['TEAM', 'reporter:choice,reporter_name:text,course:lines,severity:choice,hospital:text,admitted_on:date,discharged_on:date,outcome:choice,outcome_on:date,causality:choice,other_cause:lines,before_note:lines,opinion:lines', 1],
    'GET /vaccination/desk/reports' => ['CLERK', '-'],
    'GET /vaccination/desk/coverage' => ['CLERK', 'vaccine:integer'],
    'GET /vaccination/desk/coverage/table' => ['CLERK', 'vaccine:integer'],
    'POST /vaccination/desk/areas' => ['CLERK', 'names:lines', 1],
    'GET /vaccination/desk/circulars' => ['CLERK', '-'],
    'POST /vaccination/desk/circulars' => ['CLERK', 'subject:text,body:lines,attachment:files', 1],
    'GET /vaccination/desk/circulars/{circular}' => ['CLERK', '-'],
    'POST /vaccination/desk/circulars/{circular}/end' => ['CLERK', '-', 1],
    'GET /vaccination/desk/circulars/{circular}/files/{file}' => ['CLERK', '-'],
    'GET /vaccination/circulars' => ['USER', '-'],
    'POST /vaccination/circulars/{circular}/read' => ['USER', '-', 1],
    'GET /vaccination/circulars/{circular}/files/{file}' => ['USER', '-'],
    'GET /vaccination/desk/register' => ['CLERK', 'since:date,until:date'],
    'POST /vaccination/desk/register' => ['CLERK', 'field:text,heading:text', 1],
    'GET /vaccination/desk/register/doses' => ['CLERK', 'since:date,until:date,after:cursor,encoding:choice'],
    'POST /vaccination/desk/imports' => ['CLERK', 'table:files', 1],
    'GET /vaccination/desk/imports/{import}' => ['CLERK', '-'],
    'POST /vaccination/desk/imports/{import}/write' => ['CLERK', '-', 1],
    'POST /vaccination/desk/{patient}/number' => ['CLERK', 'resident_number:text', 1],
    'GET /vaccination/desk/{patient}/history' => ['CLERK', '-'],
    'POST /vaccination/desk/{patient}/history' => ['CLERK', 'history:files', 1],
    'GET /vaccination/{patient}/history' => ['TEAM', '-'],
    'POST /vaccination/{patient}/history' => ['TEAM', 'history:files', 1],
    'GET /vaccination/health' => ['LOOPBACK', '-'],
    'GET /vaccination/metrics' => ['LOOPBACK', '-'],
    # The record.
    'GET /record/{patient}'                                       => ['TEAM', '-'],
    'POST /record/{patient}/seen'                                 => ['TEAM', '-', 1],
    'GET /record/{patient}/changes'                               => ['TEAM', '-'],
    'POST /record/{patient}/confirm'                              => ['TEAM', 'field:choice,state:choice', 1],
    'GET /record/{patient}/fields'                                => ['TEAM', '-'],
    'POST /record/{patient}/fields'                               => ['TEAM', 'field:choice,state:choice,value:text,replaces:ref', 1],
    'GET /record/{patient}/whereabouts'                           => ['TEAM', '-'],
    'POST /record/{patient}/whereabouts'                          => ['TEAM', 'whereabouts:choice,since:date,place:text,note:text', 1],
    'GET /record/{patient}/care_level'                            => ['TEAM', '-'],
    'POST /record/{patient}/care_level'                           => ['TEAM', 'care_level:choice,valid_from:date,valid_to:date', 1],
    'GET /record/{patient}/vital_signs'                           => ['TEAM', 'span:choice'],
    'POST /record/{patient}/vital_signs'                          => ['TEAM', 'temperature:text,systolic:text,diastolic:text,pulse:text,spo2:text,respiration:text,weight:text,glucose:text,jcs:choice,note:text,measured_on:date,measured_time:text,replaces:ref', 1],
    'POST /record/{patient}/vital_signs/{vital_sign}/end'         => ['TEAM', '-', 1],
    'POST /record/{patient}/vital_signs/{vital_sign}/acknowledge' => ['TEAM', '-', 1],
    'POST /record/{patient}/vital_signs/limits'                   => ['TEAM', 'sign:choice,low:text,high:text', 1],
    'POST /record/{patient}/vital_signs/watch'                    => ['TEAM', 'user:ref,wanted:boolean', 1],
    'POST /record/{patient}/medications/read'                     => ['TEAM', 'codes:lines'],
    'POST /record/{patient}/medications/import'                   => ['TEAM', 'codes:lines,missing:choice', 1],
    'GET /record/{patient}/allergies'                             => ['TEAM', '-'],
    'POST /record/{patient}/allergies'                            => ['TEAM', 'substance:text,reaction:text,category:choice,criticality:choice,replaces:ref', 1],
    'POST /record/{patient}/allergies/{fact}/end'                 => ['TEAM', 'reason:choice', 1],
    'GET /record/{patient}/health_conditions'                     => ['TEAM', '-'],
    'POST /record/{patient}/health_conditions'                    => ['TEAM', 'name:text,since:text,past:boolean,facility:text,replaces:ref', 1],
    'POST /record/{patient}/health_conditions/{fact}/end'         => ['TEAM', 'reason:choice', 1],
    'GET /record/{patient}/medications'                           => ['TEAM', '-'],
    'POST /record/{patient}/medications'                          => ['TEAM', 'name:text,dose:text,dosage:text,prescriber:text,dispensed_on:date,blood_thinner:boolean,replaces:ref', 1],
    'POST /record/{patient}/medications/{fact}/end'               => ['TEAM', 'reason:choice', 1],
    'GET /record/{patient}/equipment'                             => ['TEAM', '-'],
    'POST /record/{patient}/equipment'                            => ['TEAM', 'name:text,power_dependent:boolean,battery_minutes:integer,settings:text,supplier:text,supplier_phone:text,replaces:ref', 1],
    'POST /record/{patient}/equipment/{fact}/end'                 => ['TEAM', 'reason:choice', 1],
    'GET /record/{patient}/advance_directives'                    => ['TEAM', '-'],
    'POST /record/{patient}/advance_directives'                   => ['TEAM', 'summary:text,author:text,stated_on:date,place:text,resuscitation:choice,review_on:date,replaces:ref', 1],
    'POST /record/{patient}/advance_directives/{fact}/end'        => ['TEAM', 'reason:choice', 1],
    'GET /record/{patient}/emergency_contacts'                    => ['TEAM', '-'],
    'POST /record/{patient}/emergency_contacts'                   => ['TEAM', 'name:text,relation:text,phone:text,hours:text,position:integer,key_person:boolean,lives_with:boolean,replaces:ref', 1],
    'POST /record/{patient}/emergency_contacts/{fact}/end'        => ['TEAM', 'reason:choice', 1],
    'GET /record/{patient}/care_plans'                            => ['TEAM', '-'],
    'POST /record/{patient}/care_plans'                           => ['TEAM', 'newest:integer,valid_from:date,valid_to:date,wishes:lines,policy:lines,goals:lines,services:lines,what_changed:text', 1],
    'POST /record/{patient}/care_plans/{care_plan}/receive'       => ['TEAM', '-', 1],
    'GET /record/{patient}/papers'                                => ['TEAM', '-'],
    'GET /record/{patient}/papers/care_summary'                   => ['TEAM', '-'],
    'GET /record/{patient}/papers/medication_summary'             => ['TEAM', '-'],
    'GET /record/{patient}/papers/visit_report'                   => ['TEAM', 'month:date'],
    'GET /record/{patient}/papers/management_report'              => ['TEAM', 'month:date'],
    'POST /record/{patient}/papers/physician_opinion'             => ['TEAM', 'last_seen:lines,diagnoses:lines,stability:lines,course:lines,special_care:lines,independence_physical:lines,independence_cognitive:lines,cognition:lines,behaviour:lines,body:lines,mobility:lines,nutrition:lines,outlook:lines,services:lines,infection:lines,remarks:lines', 1],
    'POST /record/{patient}/papers/nursing_order'                 => ['TEAM', 'station:ref,valid_from:date,valid_to:date,diagnoses:lines,condition:lines,medications:lines,independence_physical:lines,independence_cognitive:lines,care_level:lines,bedsore:lines,equipment:lines,instructions:lines,rehabilitation:lines,treatment:lines,emergency:lines,remarks:lines', 1],
    'POST /record/{patient}/papers/special_nursing_order'         => ['TEAM', 'station:ref,valid_from:date,valid_to:date,condition:lines,reason:lines,instructions:lines,drip:lines,emergency:lines', 1],
    'GET /record/{patient}/papers/{paper}'                        => ['TEAM', '-'],
    'GET /record/{patient}/visits'                                => ['TEAM', '-'],
    'POST /record/{patient}/visits'                               => ['TEAM', 'day:date,begins:text,ends:text,weeks:integer,kind:choice,visitor1:ref,visitor2:ref,visitor3:ref,visitor4:ref,note:text', 1],
    'POST /record/{patient}/visits/{visit}/cancel'                => ['TEAM', '-', 1],
    'GET /visits'                                                 => ['USER', '-'],
    'POST /visits/calendars'                                      => ['USER', 'name:text', 1],
    'POST /visits/calendars/{calendar}/revoke'                    => ['USER', '-', 1],
    'GET /calendar/{token}'                                       => ['PUBLIC', '-'],
    'GET /offices'                                                => ['USER', '-'],
    'GET /offices/{office}'                                       => ['USER', '-'],
    'POST /offices/{office}'                                      => ['OFFICE_MANAGER', 'phone:text,fax:text,address:text,lat:text,lon:text,hours:text,services:text', 1],
    'GET /record/health'                                          => ['LOOPBACK', '-'],
    'GET /record/metrics'                                         => ['LOOPBACK', '-'],
    # The review board.
    'GET /board/sittings'                                                                            => ['BOARD', '-'],
    'GET /board/sittings/{sitting}'                                                                  => ['BOARD_MEMBER', '-'],
    'POST /board/sittings/{sitting}/answer'                                                          => ['BOARD_MEMBER', 'answer:choice', 1],
    'GET /board/applications/{application}'                                                          => ['BOARD_MEMBER', '-'],
    'POST /board/applications/{application}/read'                                                    => ['BOARD_MEMBER', '-', 1],
    'POST /board/applications/{application}/recuse'                                                  => ['BOARD_MEMBER', '-', 1],
    'GET /board/applications/{application}/papers/{paper}'                                           => ['BOARD_MEMBER', 'page:integer'],
    'GET /board/applications/{application}/papers/{paper}/page'                                      => ['BOARD_MEMBER', 'page:integer'],
    'POST /board/applications/{application}/proposal'                                                => ['BOARD_MEMBER', 'level:choice,months:integer,state_image:choice,comment:text,act:choice', 1],
    'GET /board/office'                                                                              => ['SECRETARY', '-'],
    'GET /board/office/settings'                                                                     => ['SECRETARY', '-'],
    'POST /board/office/settings'                                                                    => ['SECRETARY', 'notice_days:integer,reveal_days:integer,purge_hours:integer,longest_months:integer,chair_fee:integer,member_fee:integer,by_physician:boolean,by_facility:boolean,slight_simplified:boolean,hard_to_find:boolean', 1],
    'POST /board/office/headings'                                                                    => ['SECRETARY', 'scheme:choice,field:text,heading:text', 1],
    'POST /board/office/insurers'                                                                    => ['SECRETARY', 'insurer_number:text,name:text', 1],
    'GET /board/office/calibration'                                                                  => ['SECRETARY', '-'],
    'GET /board/office/members'                                                                      => ['SECRETARY', '-'],
    'POST /board/office/members'                                                                     => ['SECRETARY', 'user:ref,field:choice,support_field:choice,term_from:date,term_to:date,office_number:text', 1],
    'POST /board/office/panels'                                                                      => ['SECRETARY', 'name:text,scheme:choice', 1],
    'POST /board/office/panels/{panel}'                                                              => ['SECRETARY', 'user:ref,post:choice', 1],
    'POST /board/office/import'                                                                      => ['SECRETARY', 'scheme:choice,table:files', 1],
    'POST /board/office/sittings'                                                                    => ['SECRETARY', 'panel:ref,day:date,time:text,place:text', 1],
    'GET /board/office/sittings/{sitting}'                                                           => ['SECRETARY', '-'],
    'POST /board/office/sittings/{sitting}/state'                                                    => ['SECRETARY', 'act:choice', 1],
    'POST /board/office/sittings/{sitting}/applications'                                             => ['SECRETARY', 'application:ref,off:boolean', 1],
    'POST /board/office/sittings/{sitting}/remind'                                                   => ['SECRETARY', '-', 1],
    'POST /board/office/sittings/{sitting}/video'                                                    => ['SECRETARY', '-', 1],
    'POST /board/office/sittings/{sitting}/substitutes'                                              => ['SECRETARY', 'user:ref', 1],
    'GET /board/office/sittings/{sitting}/results'                                                   => ['SECRETARY', '-'],
    'GET /board/office/sittings/{sitting}/attendance'                                                => ['SECRETARY', '-'],
    'GET /board/office/applications/{application}/delay/{letter}/paper'                              => ['SECRETARY', '-'],
    'GET /board/office/applications/{application}'                                                   => ['SECRETARY', '-'],
    'POST /board/office/applications/{application}/papers'                                           => ['SECRETARY', 'survey_note:lines,physician_opinion:lines', 1],
    'POST /board/office/applications/{application}/files'                                            => ['SECRETARY', 'kind:choice,paper:files', 1],
    'GET /board/office/applications/{application}/files/{paper}'                                     => ['SECRETARY', 'page:integer'],
    'GET /board/office/applications/{application}/files/{paper}/page'                                => ['SECRETARY', 'page:integer'],
    'POST /board/office/applications/{application}/files/{paper}/remove'                             => ['SECRETARY', '-', 1],
    'POST /board/office/applications/{application}/check'                                            => ['SECRETARY', 'sure:boolean', 1],
    'POST /board/office/applications/{application}/simplified'                                       => ['SECRETARY', 'simplified:boolean', 1],
    'POST /board/office/applications/{application}/recuse'                                           => ['SECRETARY', 'user:ref,reason:choice', 1],
    'POST /board/office/applications/{application}/reopen'                                           => ['SECRETARY', 'reason:text', 1],
    'POST /board/office/applications/{application}/end'                                              => ['SECRETARY', 'state:choice', 1],
    'POST /board/office/applications/{application}/delay'                                            => ['SECRETARY', 'expected_on:date,reason:text', 1],
    'GET /board/office/applications/{application}/delay/{letter}'                                    => ['SECRETARY', '-'],
    'GET /board/session/{sitting}'                                                                   => ['BOARD', '-'],
    'POST /board/session/{sitting}/attendance'                                                       => ['BOARD', 'letter:text', 1],
    'POST /board/session/{sitting}/state'                                                            => ['BOARD', 'act:choice', 1],
    'GET /board/session/{sitting}/agreed'                                                            => ['BOARD', '-'],
    'POST /board/session/{sitting}/agreed'                                                           => ['BOARD', 'n:integer', 1],
    'GET /board/session/{sitting}/minutes'                                                           => ['BOARD', '-'],
    'GET /board/session/{sitting}/minutes/paper'                                                     => ['BOARD', '-'],
    'GET /board/session/{sitting}/{application}'                                                     => ['BOARD', '-'],
    'POST /board/session/{sitting}/{application}/step'                                               => ['BOARD', 'step:integer,level:choice,tenths:integer,reason:text', 1],
    'POST /board/session/{sitting}/{application}/reopen'                                             => ['BOARD', 'reason:text', 1],
    'POST /board/session/{sitting}/{application}/check'                                              => ['BOARD', 'outcome:choice,vote:text,months:integer,state_image:choice,reason:text,item:integer,board_opinion:text'],
    'POST /board/session/{sitting}/{application}/decision'                                           => ['BOARD', 'outcome:choice,vote:text,months:integer,state_image:choice,reason:text,item:integer,board_opinion:text', 1],
    'GET /board/health' => ['LOOPBACK', '-'],
    'GET /board/metrics' => ['LOOPBACK', '-'],
    'GET /secretariat/health' => ['LOOPBACK', '-'],
    'GET /secretariat/metrics' => ['LOOPBACK', '-'],
    # Look-up by ambulance crews.
    'GET /emergency'                                => ['EMERGENCY', '-'],
    'POST /emergency/search'                        => ['EMERGENCY', 'q:text'],
    'POST /emergency/open'                          => ['EMERGENCY', 'patient:ref,reason:choice,reason_text:text,dispatch_number:text', 1],
    'GET /emergency/looked'                         => ['PUBLIC', '-'],
    'POST /emergency/looked'                        => ['PUBLIC', 'code:secret', 1],
    'POST /emergency/{patient}/codes'               => ['TEAM', 'name:text,relation:text,known_by:text', 1],
    'GET /emergency/reviews'                        => ['PRIVACY_OFFICER', '-'],
    'POST /emergency/reviews/{opening}'             => ['PRIVACY_OFFICER', 'verdict:choice,note:text', 1],
    'GET /emergency/{patient}'                      => ['EMERGENCY', '-'],
    'GET /emergency/{patient}/handover'             => ['EMERGENCY', '-'],
    'GET /emergency/{patient}/face'                 => ['EMERGENCY', '-'],
    'POST /emergency/{patient}/stop'                => ['EMERGENCY', '-', 1],
    'POST /emergency/{patient}/extend'              => ['EMERGENCY', '-', 1],
    'POST /emergency/{patient}/dispatch'            => ['EMERGENCY', 'dispatch_number:text', 1],
    'POST /emergency/{patient}/calls'               => ['EMERGENCY', 'callee:ref,result:choice', 1],
    'POST /emergency/{patient}/reports'             => ['EMERGENCY', 'kind:choice,hospital:text,note:text', 1],
    'GET /emergency/{patient}/openings'             => ['TEAM', '-'],
    'POST /emergency/{patient}/seen'                => ['TEAM', '-', 1],
    'POST /emergency/{patient}/answers'             => ['TEAM', 'body:text', 1],
    'GET /emergency/card/{card}'                    => ['EMERGENCY', '-'],
    'GET /emergency/alone'                          => ['OFFICER', 'after:cursor'],
    'POST /emergency/alone/{alone}'                 => ['OFFICER', '-', 1],
    'POST /emergency/{patient}/told/{contact}'      => ['TEAM', 'agreed_by:text', 1],
    'POST /emergency/{patient}/told/{contact}/end'  => ['TEAM', '-', 1],
    'POST /emergency/{patient}/alone'               => ['TEAM', 'keyholder:text,keyholder_phone:text,watcher:text,note:text,agreed_by:text,agreed_relation:text', 1],
    'POST /emergency/{patient}/alone/end'           => ['TEAM', 'reason:choice', 1],
    'GET /emergency/desk'                           => ['EMERGENCY', '-'],
    'POST /emergency/asked/{asked}'                 => ['EMERGENCY', 'answer:choice,note:text', 1],
    'POST /emergency/asked/{asked}/choose'          => ['EMERGENCY', '-', 1],
    'POST /emergency/requests/{request}/call-off'   => ['EMERGENCY', '-', 1],
    'GET /emergency/hospital'                       => ['HOSPITAL_DESK', '-'],
    'POST /emergency/hospital/status'               => ['HOSPITAL_DESK', 'department:choice,state:choice,note:text', 1],
    'POST /emergency/hospital/{asked}'              => ['HOSPITAL_DESK', 'answer:choice,note:text', 1],
    'GET /emergency/{patient}/hospitals'            => ['EMERGENCY', '-'],
    'POST /emergency/{patient}/hospitals'           => ['EMERGENCY', 'department:choice,complaint:text,vitals:text,minutes:integer,hospital:ref', 1],
    'GET /emergency/{patient}/prepare'              => ['TEAM', '-'],
    'GET /emergency/{patient}/card'                 => ['TEAM', '-'],
    'POST /emergency/{patient}/card'                => ['TEAM', '-', 1],
    'POST /emergency/{patient}/card/end'            => ['TEAM', 'reason:choice', 1],
    'GET /emergency/health'                         => ['LOOPBACK', '-'],
    'GET /emergency/metrics'                        => ['LOOPBACK', '-'],
    # Meetings.
    'GET /meeting'                                         => ['USER', 'past:boolean,later:cursor'],
    'POST /meeting'                                        => ['USER', 'kind:choice,title:text,day:date,begins:text,ends:text,agenda:lines,office:ref,recording:boolean,invite:boolean', 1],
    'GET /meeting/new'                                     => ['USER', '-'],
    'GET /meeting/of/{patient}'                            => ['TEAM', '-'],
    'POST /meeting/of/{patient}'                           => ['TEAM', 'kind:choice,title:text,day:date,begins:text,ends:text,agenda:lines,presence:choice,consent_signer:text,consent_relation:text,consent_recording:boolean,recording:boolean,invite:boolean', 1],
    'GET /meeting/in/{forum}'                              => ['USER', '-'],
    'POST /meeting/in/{forum}'                             => ['USER', 'kind:choice,title:text,day:date,begins:text,ends:text,agenda:lines,recording:boolean,invite:boolean', 1],
    'GET /meeting/{meeting}'                               => ['USER', '-'],
    'POST /meeting/{meeting}/change'                       => ['USER', 'title:text,day:date,begins:text,ends:text,agenda:lines', 1],
    'POST /meeting/{meeting}/cancel'                       => ['USER', '-', 1],
    'POST /meeting/{meeting}/consent'                      => ['USER', 'presence:choice,consent_signer:text,consent_relation:text,consent_recording:boolean', 1],
    'POST /meeting/{meeting}/invite'                       => ['USER', '-', 1],
    'POST /meeting/{meeting}/guest'                        => ['USER', 'guest:choice,name:text,office:text,mail:text', 1],
    'POST /meeting/{meeting}/answer'                       => ['USER', 'response:choice,note:text', 1],
    'POST /meeting/{meeting}/sign_up'                      => ['USER', '-', 1],
    'POST /meeting/{meeting}/{invitation}/remove'          => ['USER', '-', 1],
    'GET /meeting/training'                                => ['USER', '-'],
    'POST /meeting/{meeting}/dates'                        => ['USER', 'day:date,begins:text,ends:text', 1],
    'POST /meeting/{meeting}/vote'                         => ['USER', 'fits:ref,perhaps:ref', 1],
    'POST /meeting/{meeting}/take'                         => ['USER', 'date:ref', 1],
    'POST /meeting/{meeting}/papers'                       => ['USER', 'paper:files,last_on:date', 1],
    'GET /meeting/{meeting}/papers/{paper}'                => ['USER', '-'],
    'POST /meeting/{meeting}/papers/{paper}/remove'        => ['USER', '-', 1],
    'GET /meeting/{meeting}/room'                          => ['USER', '-'],
    'POST /meeting/{meeting}/enter'                        => ['USER', '-', 1],
    'GET /meeting/{meeting}/go'                            => ['USER', '-'],
    'POST /meeting/{meeting}/minutes'                      => ['USER', 'minutes:lines', 1],
    'GET /meeting/{meeting}/print'                         => ['USER', '-'],
    'GET /meeting/{meeting}/sheet'                         => ['USER', '-'],
    'GET /meeting/guest/{token}'                           => ['PUBLIC', '-'],
    'POST /meeting/guest/{token}/enter'                    => ['PUBLIC', '-', 1],
    'GET /meeting/guest/{token}/go'                        => ['PUBLIC', '-'],
    'POST /meeting/guest/{token}/answer'                   => ['PUBLIC', 'response:choice', 1],
    'POST /meeting/guest/{token}/renew'                    => ['PUBLIC', '-', 1],
    'GET /meeting/health'                                  => ['LOOPBACK', '-'],
    'GET /meeting/metrics'                                 => ['LOOPBACK', '-'],
    # Disasters.
    'GET /disaster' => ['USER', '-'],
    'POST /disaster' => ['DISASTER_OFFICER', 'kind:choice,title:text,drill:boolean', 1],
    'GET /disaster/register' => ['USER', 'district:ref,older:cursor'],
    'POST /disaster/register/read' => ['DISASTER_OFFICER', 'rows:lines'],
    'POST /disaster/register/import' => ['DISASTER_OFFICER', 'rows:lines', 1],
    'POST /disaster/register/refresh' => ['DISASTER_OFFICER', '-', 1],
    'POST /disaster/register/{registration}' => ['DISASTER_OFFICER', 'mayor:boolean,objects:boolean,note:lines', 1],
    'POST /disaster/secrecy' => ['USER', 'incident:ref', 1],
    'GET /disaster/town' => ['DISASTER_OFFICER', '-'],
    'POST /disaster/town/criteria' => ['DISASTER_OFFICER', 'care_level:integer,physical_disability:integer,intellectual_disability:integer,mental_disability:integer,intractable_disease:integer,power_dependent:integer,lives_alone:integer', 1],
    'POST /disaster/town/supply' => ['DISASTER_OFFICER', 'supply:choice', 1],
    'POST /disaster/town/support_bodies' => ['DISASTER_OFFICER', 'office:ref,district:ref', 1],
    'POST /disaster/town/support_bodies/{support_body}/end' => ['DISASTER_OFFICER', '-', 1],
    'GET /disaster/town/areas' => ['DISASTER_OFFICER', '-'],
    'POST /disaster/town/districts' => ['DISASTER_OFFICER', 'name:text,outline:lines', 1],
    'POST /disaster/town/districts/{district}' => ['DISASTER_OFFICER', 'name:text,outline:lines', 1],
    'POST /disaster/town/hazards' => ['DISASTER_OFFICER', 'kind:choice,name:text,outline:lines', 1],
    'POST /disaster/town/hazards/{hazard}' => ['DISASTER_OFFICER', 'kind:choice,name:text,outline:lines', 1],
    'POST /disaster/town/hazards/{hazard}/end' => ['DISASTER_OFFICER', '-', 1],
    'POST /disaster/shelters/{shelter}/place' => ['DISASTER_OFFICER', 'place:text', 1],
    'GET /disaster/{incident}' => ['USER', 'show:choice'],
    'GET /disaster/{incident}/counts' => ['USER', '-'],
    'GET /disaster/{incident}/map' => ['USER', 'hazard:ref'],
    'GET /disaster/{incident}/report' => ['USER', '-'],
    'GET /disaster/{incident}/paper' => ['USER', 'district:ref,after:integer'],
    'POST /disaster/{incident}/paper' => ['USER', 'rows:lines', 1],
    'GET /disaster/{incident}/people/{person}' => ['USER', '-'],
    'POST /disaster/{incident}/status' => ['USER', 'patient:ref,status:choice,place_kind:choice,place:text,needs:choice,note:text,method:choice,settles:boolean,met:boolean,seconds_ago:integer', 1],
    'POST /disaster/{incident}/take' => ['USER', 'patient:ref,give_back:boolean', 1],
    'POST /disaster/{incident}/messages' => ['DISASTER_OFFICER', 'message:ref,audience:choice,body:lines', 1],
    'GET /disaster/{incident}/report/paper' => ['USER', '-'],
    'GET /disaster/key' => ['USER', '-'],
    'GET /disaster/relative' => ['PUBLIC', '-'],
    'POST /disaster/relative' => ['PUBLIC', 'code:secret', 1],
    'POST /disaster/{incident}/people/{person}/codes' => ['USER', 'name:text,relation:text,known_by:text', 1],
    'GET /disaster/register/plans' => ['DISASTER_OFFICER', 'district:ref'],
    'GET /disaster/register/{registration}/plan' => ['DISASTER_OFFICER', '-'],
    'POST /disaster/register/{registration}/plan' => ['DISASTER_OFFICER', 'state:choice,agreed_by:text,supporter:text,supporter_address:text,supporter_phone:text,supporter_agreed:boolean,second_supporter:text,second_phone:text,shelter:text,route:lines,transport:choice,medicine_days:integer,note:lines,review_on:date', 1],
    'GET /disaster/shelters' => ['USER', '-'],
    'POST /disaster/shelters' => ['DISASTER_OFFICER', 'name:text,welfare:boolean,municipality:text,address:text,phone:text,designated_on:date,targets:choice,capacity:integer,family_most:integer,generator:boolean,wheelchair_toilet:boolean,medical_staff:boolean,office:ref', 1],
    'POST /disaster/shelters/{shelter}' => ['DISASTER_OFFICER', 'name:text,welfare:boolean,municipality:text,address:text,phone:text,designated_on:date,targets:choice,capacity:integer,family_most:integer,generator:boolean,wheelchair_toilet:boolean,medical_staff:boolean,office:ref', 1],
    'POST /disaster/shelters/{shelter}/end' => ['DISASTER_OFFICER', '-', 1],
    'GET /disaster/{incident}/shelters' => ['USER', '-'],
    'POST /disaster/{incident}/shelters' => ['USER', 'shelter:ref,state:choice,people:integer,note:text', 1],
    'GET /disaster/{incident}/offices' => ['USER', '-'],
    'POST /disaster/{incident}/offices' => ['USER', 'office:ref,quick:boolean,service:choice,damage:choice,hurt:integer,needs:choice,note:text,told_by:text', 1],
    'GET /disaster/of/{patient}' => ['TEAM', '-'],
    'GET /disaster/of/{patient}/plan' => ['TEAM', '-'],
    'POST /disaster/of/{patient}/plan' => ['TEAM', 'state:choice,agreed_by:text,supporter:text,supporter_address:text,supporter_phone:text,supporter_agreed:boolean,second_supporter:text,second_phone:text,shelter:text,route:lines,transport:choice,medicine_days:integer,note:lines,review_on:date', 1],
    'POST /disaster/of/{patient}/relatives' => ['TEAM', 'name:text,relation:text,mobile:text,agreed_by:text', 1],
    'POST /disaster/of/{patient}/relatives/{relative}/end' => ['TEAM', '-', 1],
    'POST /disaster/{incident}/ask' => ['DISASTER_OFFICER', '-', 1],
    'GET /disaster/{incident}/calls' => ['USER', '-'],
    'POST /disaster/{incident}/calls' => ['USER', 'patient:ref,result:choice', 1],
    'POST /disaster/{incident}/open' => ['DISASTER_OFFICER', 'basis:lines,hours:integer,area:ref,whole:boolean,secrecy:boolean', 1],
    'POST /disaster/{incident}/lengthen' => ['DISASTER_OFFICER', 'hours:integer,reason:text', 1],
    'POST /disaster/{incident}/outage' => ['DISASTER_OFFICER', 'area:ref,minutes_ago:integer', 1],
    'POST /disaster/{incident}/close' => ['DISASTER_OFFICER', '-', 1],
    'POST /disaster/{incident}/discard' => ['DISASTER_OFFICER', '-', 1],
    'GET /disaster/health' => ['LOOPBACK', '-'],
    'GET /disaster/metrics' => ['LOOPBACK', '-'],
    'GET /identity/health'                          => ['LOOPBACK',       '-'],
    'GET /identity/metrics'                         => ['LOOPBACK',       '-'],
    'GET /patient/health'                           => ['LOOPBACK',       '-'],
    'GET /patient/metrics'                          => ['LOOPBACK',       '-'],
    'GET /timeline/health'                          => ['LOOPBACK',       '-'],
    'GET /timeline/metrics'                         => ['LOOPBACK',       '-'],
);

# Done by a key in the path, whoever sends it: mail programs have no Origin. Their
# body is not looked at: who was let in hears that there is no such key.
my %ANYWHERE = ('POST /notice/{token}' => 1);

# Of the gateways' inlet only the admission is said here.
my %INLET = ('GET /sms/receipt' => 'LOOPBACK');

# Person => what she has. `ours` is a patient of the nurse's team, `theirs` one
# of the outsider's.
my %PERSON = (
    doctor          => { ours => 1, manages => 1 },
    nurse           => { ours => 1 },
    pharmacist      => { ours => 1, manages => 1 },
    caremanager     => { ours => 1 },
    helper          => { ours => 1 },
    officer         => { ours => 1, theirs => 1, manages => 1, role => 'OFFICER' },
    disasterofficer => { manages => 1, role => 'DISASTER_OFFICER' },
    clerk           => { manages => 1, role => 'CLERK' },
    crew            => { role => 'CREW' },
    dispatcher      => { manages => 1, role => 'DISPATCHER' },
    hospitaldesk    => { role => 'HOSPITAL_DESK' },
    secretary       => { manages => 1, role => 'SECRETARY' },
    member1         => { manages => 1, role => 'BOARD_MEMBER' },
    member2         => { role => 'BOARD_MEMBER' },
    member3         => { role => 'BOARD_MEMBER' },
    member4         => { role => 'BOARD_MEMBER' },
    member5         => { role => 'BOARD_MEMBER' },
    manager         => { manages => 1 },
    operator        => { manages => 1, role => 'OPERATOR' },
    privacy         => { role => 'PRIVACY_OFFICER' },
    outsider        => { theirs => 1 },
    carenurse       => { theirs => 1 },     # a care manager who is a nurse, too
    lost            => { shut => 1 },       # the device was revoked: no door opens
    relative        => { shut => 1 },       # no device of an office
);

# Admission => the status for a person who is signed in; 0: let in.
my %WHO = (
    PUBLIC         => sub { 0 },
    LOOPBACK       => sub { 404 },
    DEVICE         => sub { 0 },
    SESSION        => sub { 0 },
    USER           => sub { 0 },
    TEAM           => sub { my ($p, $patient) = @_; $p->{$patient} ? 0 : 404 },
    OFFICE_MANAGER => sub { $_[0]{manages} ? 0 : 403 },
    EMERGENCY      => sub { ($_[0]{role} // '') =~ /\A(?:CREW|DISPATCHER)\z/ ? 0 : 403 },
    BOARD          => sub { ($_[0]{role} // '') =~ /\A(?:SECRETARY|BOARD_MEMBER)\z/ ? 0 : 403 },
    map { my $role = $_; $role => sub { ($_[0]{role} // '') eq $role ? 0 : 403 } }
        qw(OPERATOR PRIVACY_OFFICER OFFICER DISASTER_OFFICER CLERK CREW DISPATCHER SECRETARY BOARD_MEMBER HOSPITAL_DESK),
);

# What is wrong => [status where a session is wanted, at SESSION, at DEVICE].
my %WRONG = (
    'no cookie'                          => [401, 401, 0],
    'a made-up cookie'                   => [401, 401, 0],
    'the cookie twice'                   => [401, 401, 0],
    "another's cookie on one's own device" => [401, 401, 0],
    'a cookie after sign-out'            => [401, 401, 0],
    'a session of 12 hours ago'          => [401, 401, 0],
    'an idle session'                    => [401, 0,   0],
    'a suspended user'                   => [401, 401, 0],
    'a user who left the office'         => [401, 401, 0],
    'a closed office'                    => [401, 401, 403],
    'a device revoked a moment ago'      => [401, 401, 403],
    'a device that nobody registered'    => [401, 401, 403],
    'no certificate'                     => [400, 400, 400],
    'a certificate on the list of revoked ones' => [400, 400, 400],
    'the open door'                      => [404, 404, 404],
);

# ---- the world ----

my @route = routes();
my %patient = (
    ours   => db('SELECT LOWER(HEX(p.ref)) FROM care_patient p WHERE p.insured_number = "9950000001"'),
    theirs => db('SELECT LOWER(HEX(p.ref)) FROM care_patient p WHERE p.insured_number = "9950000013"'),
);
my %entry = map { $_ => scalar db('SELECT LOWER(HEX(e.ref)) FROM timeline_entry e JOIN care_patient p ON p.id = e.patient_id
    WHERE p.ref = ? ORDER BY e.id LIMIT 1', unhex($patient{$_})) } keys %patient;
my $secret = join '|', map { quotemeta } db('SELECT CONCAT(family, " ", given) FROM care_patient'),
    db('SELECT CONCAT(kana_family, " ", kana_given) FROM care_patient'), db('SELECT address FROM care_patient WHERE address > ""'),
    db('SELECT phone FROM care_patient WHERE phone > ""');
my $device = db('SELECT LOWER(HEX(d.ref)) FROM care_device d JOIN care_staff f ON f.office_id = d.office_id
    JOIN care_user u ON u.id = f.user_id WHERE u.login = "nurse" AND d.name LIKE CONCAT(u.family, " ", u.given, "%")');

my $network = db('SELECT LOWER(HEX(ref)) FROM care_network ORDER BY id LIMIT 1');

my $office_ref = db('SELECT LOWER(HEX(o.ref)) FROM care_office o JOIN care_staff f ON f.office_id = o.id JOIN care_user u ON u.id = f.user_id WHERE u.login = "nurse"');
# The address of a calendar is its key: one whose key is known here.
my $calendar_token = "cd" x 16;
db('INSERT INTO record_calendar (ref, token, user_id, name, created_at) SELECT RANDOM_BYTES(16), UNHEX(SHA2(?, 256)), id, "試験", UTC_TIMESTAMP(3)
    FROM care_user WHERE login = "nurse"', unhex($calendar_token));
END { local $?; db('DELETE FROM record_calendar WHERE name = "試験"') if $calendar_token }

# A FAX of an entry, gone again at the end.
my %fax = map { $_ => join '', map { sprintf '%08x', rand 2**32 } 1 .. 4 } qw(ours theirs);
db('INSERT INTO timeline_fax (patient_id, entry_id, ref, user_id, sent_to, at) SELECT e.patient_id, e.id, ?, e.author_id, "試験", UTC_TIMESTAMP(3)
    FROM timeline_entry e WHERE e.ref = ?', unhex($fax{$_}), unhex($entry{$_})) for sort keys %fax;
END { local $?; db('DELETE FROM timeline_fax WHERE ref = ?', unhex($fax{$_})) for sort keys %fax }

# A visit and a dose of each, gone again too.
my %step = map { $_ => join '', map { sprintf '%08x', rand 2**32 } 1 .. 4 } qw(ours theirs);
for my $which (sort keys %step) {
    my $id = db('SELECT id FROM care_patient WHERE ref = ?', unhex($patient{$which}));
    db('INSERT INTO vaccination_visit (patient_id, ref, vaccine, vaccine_name, planned_on, planned_at, planned_by, planner_name, office_id, state_at)
        VALUES (?, ?, "test", "試験", "2026-01-01", UTC_TIMESTAMP(3), 1, "試験", 1, UTC_TIMESTAMP(3))', $id, unhex($step{$which}));
    db('INSERT INTO care_immunization (patient_id, ref, vaccine, vaccine_name, given_on, recorded_at, recorded_by, writer_name, writer_profession, writer_office)
        VALUES (?, ?, "test", "試験", "2026-01-01", UTC_TIMESTAMP(3), 1, "試験", "040", "試験")', $id, unhex($step{$which}));
}
END {
    local $?;
    for my $which (sort keys %step) {
        db("DELETE FROM $_ WHERE ref = ?", unhex($step{$which})) for qw(vaccination_visit care_immunization);
    }
}

sub refs {
    my ($which) = @_;
    return { patient => $patient{$which}, entry => $entry{$which}, device => $device, fax => $fax{$which}, network => $network,
        office => $office_ref, token => $calendar_token,
        visit => $step{$which}, immunization => $step{$which} };
}
sub has_patient { return $_[0]{path} =~ /\{patient\}/ }
sub patients_for { return has_patient($_[0]) ? qw(ours theirs) : 'ours' }

# One line a cell that is not as ruled.
my (@wrong, $cells);

sub cell {
    my ($what, $answer, $want) = @_;
    $cells++;
    my $got = admitted($answer) ? 0 : $answer->status;
    $got = 0 if $got == 404 && grep { index($what, $_) >= 0 } keys %ANYWHERE;
    push @wrong, "$what: " . ($got || 'let in') . ' instead of ' . ($want || 'let in') if $got ne $want;
    push @wrong, "$what: leaks $1" if $answer->text =~ /($secret)/;
    return;
}

sub all_right {
    my ($title) = @_;
    is_deeply(\@wrong, [], "$title ($cells cells)");
    ($cells, @wrong) = (0);
    return;
}

# ---- nothing without a rule ----

is_deeply([grep { !$ROUTE{$_} && !$INLET{$_} } map { $_->{key} } @route], [], 'each route has a rule');
{
    my %there = map { $_->{key} => 1 } @route;
    is_deeply([grep { !$there{$_} } sort keys %ROUTE], [], 'each rule has a route');
}
for my $r (@route) {
    my $rule = $ROUTE{ $r->{key} } // [$INLET{ $r->{key} } // '', $r->{inputs}];
    is("$r->{who} $r->{inputs}", "$rule->[0] $rule->[1]", "$r->{key} is for whom, and takes what, the rule says");
    ok($WHO{ $r->{who} }, "  and $r->{who} has a meaning");
}
{
    my @made = map { m{/([a-z]+[0-9]?)\.password\z} } glob demo('PEOPLE') . '/*.password';
    is_deeply([sort @made], [sort keys %PERSON], 'each person has a rule');
}
@route = grep { $ROUTE{ $_->{key} } } @route;

# ---- every person ----

my %client = map { $_ => person($_) } grep { !$PERSON{$_}{shut} } sort keys %PERSON;
is($client{$_}{signed_in}->status, 303, "$_ signs in") for sort keys %client;

for my $name (sort keys %client) {
    for my $r (@route) {
        for my $which (patients_for($r)) {
            cell("$name $r->{key} of $which", probe($client{$name}, $r, refs($which)),
                $WHO{ $r->{who} }->($PERSON{$name}, $which));
        }
    }
    all_right("$name, as ruled");
}

# As a page: the same, but that a page which wants a session leads to sign-in.
for my $name (qw(nurse outsider)) {
    for my $r (@route) {
        for my $which (patients_for($r)) {
            my $answer = probe($client{$name}, $r, refs($which), accept => 'text/html');
            my $want = $WHO{ $r->{who} }->($PERSON{$name}, $which) || ($ANYWHERE{ $r->{key} } ? 404 : 400);
            $cells++;
            push @wrong, "$name $r->{key}: " . $answer->status . " instead of $want"
                if $answer->status != $want && $answer->status != 429;
            push @wrong, "$name $r->{key}: leaks $1" if !$PERSON{$name}{$which} && $answer->text =~ /($secret)/;
        }
    }
    all_right("$name, as pages");
}

# ---- what is wrong with a session, a device, a door ----

my $nurse = $client{nurse};
my $nurse_id = db('SELECT id FROM care_user WHERE login = "nurse"');
my ($office) = db('SELECT office_id FROM care_staff WHERE user_id = ?', $nurse_id);
my ($device_id) = db('SELECT device_id FROM care_session WHERE token = ?', unhex(session_name($nurse)));

sub with_cookie {
    my ($client, $value) = @_;
    $client->{cookie} = { '__Host-tomozuna' => $value // $nurse->{cookie}{'__Host-tomozuna'} };
    return $client;
}

# Name => [a client, statements before, statements after]. The revoked device is
# none of the authority's: it would put the nurse's own on its list for good.
my $shut_out = Tomozuna::Device::device('nurse');
is($shut_out->sign_in->status, 303, 'the nurse signs in on another device');
my $unregistered = db('SELECT LOWER(HEX(certificate)) FROM care_device WHERE id = ?', $device_id);
my $signed_out = person('nurse');
{
    my $cookie = $signed_out->{cookie}{'__Host-tomozuna'};
    is($signed_out->sign_out->status, 303, 'the nurse signs out');
    ok(!$signed_out->{cookie}{'__Host-tomozuna'}, '  and her cookie is taken away');
    with_cookie($signed_out, $cookie);
}
my $twice = client(device => 'nurse', headers => { cookie => join '; ', map { "__Host-tomozuna=$_" } ($nurse->{cookie}{'__Host-tomozuna'}) x 2 });
my $token = "X'" . session_name($nurse) . "'";
# Of the test's own: tomozuna-ca looks for revoked devices of its certificates, and
# on a slow machine would put the nurse's on the list for good.
my $momentary = Tomozuna::Device::device('nurse');
$momentary->sign_in;
my %SCENE = (
    'no cookie'                            => [client(device => 'nurse')],
    'a made-up cookie'                     => [with_cookie(client(device => 'nurse'), 'ab' x 32)],
    'the cookie twice'                     => [$twice],
    "another's cookie on one's own device" => [with_cookie(client(device => 'doctor'))],
    'a cookie after sign-out'              => [$signed_out],
    'a session of 12 hours ago'            => [$nurse,
        "UPDATE care_session SET created_at = created_at - INTERVAL 721 MINUTE WHERE token = $token",
        "UPDATE care_session SET created_at = created_at + INTERVAL 721 MINUTE WHERE token = $token"],
    'an idle session' => [$nurse,
        "UPDATE care_session SET seen_at = seen_at - INTERVAL 16 MINUTE WHERE token = $token",
        "UPDATE care_session SET seen_at = seen_at + INTERVAL 16 MINUTE WHERE token = $token"],
    'a suspended user' => [$nurse, "UPDATE care_user SET suspended_at = UTC_TIMESTAMP(3) WHERE id = $nurse_id",
        "UPDATE care_user SET suspended_at = NULL WHERE id = $nurse_id"],
    'a user who left the office' => [$nurse, "UPDATE care_staff SET left_at = UTC_TIMESTAMP(3) WHERE user_id = $nurse_id",
        "UPDATE care_staff SET left_at = NULL WHERE user_id = $nurse_id"],
    'a closed office' => [$nurse, "UPDATE care_office SET closed_at = UTC_TIMESTAMP(3) WHERE id = $office",
        "UPDATE care_office SET closed_at = NULL WHERE id = $office"],
    'a device revoked a moment ago' => [$shut_out, "UPDATE care_device SET revoked_at = UTC_TIMESTAMP(3) WHERE ref = X'$shut_out->{device}'",
        "UPDATE care_device SET revoked_at = NULL WHERE ref = X'$shut_out->{device}'"],
    'a device revoked a moment ago' => [$momentary, "UPDATE care_device SET revoked_at = UTC_TIMESTAMP(3) WHERE ref = X'$momentary->{device}'",
        "UPDATE care_device SET revoked_at = NULL WHERE ref = X'$momentary->{device}'"],
    'a device that nobody registered' => [$nurse, "UPDATE care_device SET certificate = NULL WHERE id = $device_id",
        "UPDATE care_device SET certificate = X'$unregistered' WHERE id = $device_id"],
    'no certificate'                            => [with_cookie(client())],
    'a certificate on the list of revoked ones' => [with_cookie(client(device => 'lost'))],
    'the open door' => [client(door => 'open', headers => { cookie =>
        "__Host-tomozuna=$nurse->{cookie}{'__Host-tomozuna'}; __Host-tomozuna-open=$nurse->{cookie}{'__Host-tomozuna'}" })],
);
is_deeply([sort keys %SCENE], [sort keys %WRONG], 'each wrong has a rule');

# Meanwhile the authority may not put the nurse's certificate on its list of revoked
# ones: that is what another scene is about, and cannot be taken back.
my $authority = pid_of('tomozuna-ca');
END { local $?; kill CONT => $authority if $authority }
# The signer sleeps meanwhile: a device that it sees revoked is on its list for ever.
open my $pid, '<', demo('RUN') . '/tomozuna-ca.pid' or die "tomozuna-ca.pid: $!\n";
my $signer = <$pid> + 0;
kill STOP => $signer;
END { my $status = $?; kill CONT => $signer if $signer; $? = $status }

for my $what (sort keys %SCENE) {
    my ($client, $before, $after) = @{ $SCENE{$what} };
    kill STOP => $authority if $authority && $what =~ /device/;
    db($before) if $before;
    for my $r (@route) {
        my ($plain, $session, $door) = @{ $WRONG{$what} };
        my $want = $r->{who} eq 'LOOPBACK' ? ($plain == 400 ? 400 : 404) : $r->{who} eq 'PUBLIC' ? ($plain == 400 ? 400 : 0)
            : $r->{who} eq 'EMERGENCY' && $what =~ /\A(?:an idle session|a session of 12 hours ago)\z/ ? 403    # signed in for a shift, and a nurse
            : $r->{who} eq 'SESSION' ? $session : $r->{who} eq 'DEVICE' ? $door : $plain;
        for my $which (patients_for($r)) {
            cell("$what: $r->{key} of $which", probe($client, $r, refs($which)), $want);
        }
    }
    db($after) if $after;
    kill CONT => $authority if $authority;
    all_right($what);
}
kill CONT => $signer;
is($nurse->get('/patients')->status, 200, 'and the nurse works again');

# ---- who may not know of a patient hears what everybody hears ----

# Inputs that are right: behind them it is for the statements to say no.
my %right = (
    'POST /timeline/{patient}'                => { body => '見えないはず' },
    'POST /team/{patient}/join'               => { team_role => 'stay', whole_office => 1 },
    'POST /team/{patient}/{member}/role'      => { team_role => 'stay' },
    'POST /team/{patient}/consents'           => { purpose => 'research', form => 'written', signed_by => 'self', explainer => 'x', given_on => '2026-01-01' },
    'POST /team/{patient}/consents/{consent}/withdraw' => { withdrawn_by => 'x', withdrawn_relation => 'x' },
    'POST /team/{patient}/proxies'            => { kind => 'family', name => 'x', relation => 'x', scope => 'x', valid_from => '2026-01-01', ends_on => '2099-01-01' },
    'POST /team/{patient}/invite'             => { office => 'ab' x 16, team_role => 'stay', reason => 'x' },
    'POST /team/{patient}/handover'           => { office => 'ab' x 16, reason => 'x' },
    'POST /team/{patient}/end'                => { reason => 'moved', ended_on => '2026-01-01' },
    'POST /team/{patient}/person'             => { family => 'あ', given => 'い', kana_family => 'あ', kana_given => 'い', sex => 'female', birth_date => '1935-03-03', reason => 'x' },
    'POST /team/{patient}/person/check'       => { family => 'あ', given => 'い', kana_family => 'あ', kana_given => 'い', sex => 'female', birth_date => '1935-03-03', reason => 'x' },
);

for my $accept ('application/json', 'text/html') {
    for my $r (grep { has_patient($_) && $_->{who} !~ /\A(?:EMERGENCY|CLERK)\z/ } @route) {
        my %never = (patient => 'cd' x 16, entry => $entry{theirs});
        my @answer = map {
            my $path = path_of($r, %$_);
            $r->{method} eq 'GET' ? $nurse->get($path, accept => $accept) : $nurse->post($path, $right{ $r->{key} } // {}, accept => $accept);
        } refs('theirs'), \%never;
        my @text = map { my $t = $_->text; $t =~ s/\b[0-9a-f]{32}\b/-/g; $t } @answer;
        is($answer[0]->status, 404, "$accept $r->{key}: 404 for a patient one may not know");
        is($text[0], $text[1], '  and not to be told from one that does not exist');
    }
}
is(scalar db('SELECT COUNT(*) FROM timeline_entry WHERE body = ?', '見えないはず'), 0, 'nothing was written there');

# A thing of one patient does not open under another.
my %elsewhere = (
    'POST /timeline/{patient}/{entry}/correct' => { body => '見えないはず' },
    'POST /timeline/{patient}/{entry}/move'    => { patient => $patient{ours} },
    'POST /timeline/{patient}/{entry}/fax'     => { sent_to => '見えないはず' },
);
for my $r (grep { $_->{path} =~ /\{entry\}/ } @route) {
    my $path = path_of($r, patient => $patient{ours}, entry => $entry{theirs});
    my $answer = $r->{method} eq 'GET' ? $nurse->get($path) : $nurse->post($path, $elsewhere{ $r->{key} } // {});
    is($answer->status, 404, "$r->{key}: an entry of another patient is not there");
}

# ---- changes come from our own pages, and only by POST ----

my %good = (
    'POST /sign-in'                 => { login => 'nurse', password => $nurse->{password} },
    'POST /unlock'                  => { pin => $nurse->{pin} },
    'POST /account/language'        => { lang => 'en' },
    'POST /account/notice'          => { kind => 'digest', channel => 'mail', wanted => 0 },
    'POST /account/duty'            => { on_duty => 0 },
    'POST /patients/search'         => { q => 'かんざき' },
    'POST /timeline/{patient}'      => { body => 'よそから' },
);
my $url = demo('URL');
my @foreign = (
    ['neither Origin nor Sec-Fetch-Site', origin => undef],
    ['a foreign Origin', origin => 'https://evil.example'],
    ['a foreign Origin that begins like ours', origin => "$url.evil.example"],
    ['a foreign Origin, said to be same-origin', origin => 'https://evil.example', 'sec-fetch-site' => 'same-origin'],
    ['Origin null', origin => 'null'],
    ['an empty Origin', origin => ''],
    ["the open door's Origin", origin => demo('OPEN_URL')],
    ['plain HTTP', origin => $url =~ s/https/http/r],
    ['Origin with a path', origin => "$url/"],
    ['two Origins in one', origin => "$url, https://evil.example"],
    (map { ["Sec-Fetch-Site $_", origin => undef, 'sec-fetch-site' => $_] } 'cross-site', 'same-site', 'none', 'same-origin, cross-site'),
);
{
    my $before = world_sum();
    for my $r (grep { $_->{method} eq 'POST' } @route) {
        my $who = $client{ { OFFICE_MANAGER => 'manager', EMERGENCY => 'crew', PRIVACY_OFFICER => 'privacy', CLERK => 'clerk', OFFICER => 'officer', HOSPITAL_DESK => 'hospitaldesk', DISASTER_OFFICER => 'disasterofficer', OFFICER => 'officer', SECRETARY => 'secretary', BOARD => 'secretary', BOARD_MEMBER => 'member2' }->{ $r->{who} } // 'nurse' };
        for my $foreign (@foreign) {
            my ($title, %header) = @$foreign;
            for my $accept ('application/json', 'text/html') {
                my $answer = $who->post(path_of($r, %{ refs('ours') }), $good{ $r->{key} } // {}, accept => $accept, %header);
                $cells++;
                push @wrong, "$r->{key}, $title: " . $answer->status if $answer->status != ($ANYWHERE{ $r->{key} } ? 404 : 403);
                push @wrong, "$r->{key}, $title: sets a cookie" if $answer->header('set-cookie');
            }
        }
    }
    all_right('a POST from elsewhere is 403');
    is(world_sum(), $before, '  and changed nothing');
}
is($nurse->post('/account/language', { lang => 'ja' }, origin => undef, 'sec-fetch-site' => 'same-origin')->status, 204,
    'without Origin, Sec-Fetch-Site same-origin will do');

{
    my $before = world_sum();
    for my $r (@route) {
        next if $r->{who} eq 'LOOPBACK';
        my $who = $client{ { OFFICE_MANAGER => 'manager', EMERGENCY => 'crew', PRIVACY_OFFICER => 'privacy', CLERK => 'clerk', OFFICER => 'officer', HOSPITAL_DESK => 'hospitaldesk', DISASTER_OFFICER => 'disasterofficer', OFFICER => 'officer', SECRETARY => 'secretary', BOARD => 'secretary', BOARD_MEMBER => 'member2' }->{ $r->{who} } // 'nurse' };
        my $path = path_of($r, %{ refs('ours') });
        for my $method (qw(GET HEAD PUT PATCH DELETE OPTIONS), 'GET with an override', 'GET with a body') {
            my ($verb) = split / /, $method;
            my %header = $method =~ /override/ ? ('x-http-method-override' => 'POST', 'x-method-override' => 'POST') : ();
            my $body = $method =~ /body/ ? Tomozuna::Client::form($good{ $r->{key} } // { lang => 'en' }) : undef;
            $header{'content-type'} = 'application/x-www-form-urlencoded' if defined $body;
            my $answer = $who->request($verb, $path, $body, %header);
            my $lives = grep { $_->{key} eq "GET $r->{path}" } @route;
            my $fine = $r->{path} =~ m{\{file\}|/portrait|/face\z} ? qr/\A404\z/ : $r->{path} =~ m{/(?:papers|adverse_events)/|/card\z} ? qr/\A(?:200|403|404)\z/
                : $r->{who} =~ /\A(?:USER|PUBLIC|EMERGENCY|CLERK|OFFICER|DISASTER_OFFICER|SECRETARY|BOARD|BOARD_MEMBER)\z/ && $r->{path} =~ /\{/ ? qr/\A(?:200|303|404)\z/    # a statement decides
                : qr/\A(?:200|303)\z/;
            my $ok = $answer->status == 405 || ($lives && $verb =~ /GET|HEAD/ && $answer->status =~ $fine);
            $cells++;
            push @wrong, "$method $path: " . $answer->status if !$ok;
        }
    }
    all_right('no other method has an effect');
    is(world_sum(), $before, '  and nothing changed');
}

done_testing;
