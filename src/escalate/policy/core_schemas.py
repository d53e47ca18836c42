"""What pydantic makes of the models. Written by `make schema`; do not edit."""

# ruff: noqa
# fmt: off
# mypy: ignore-errors

import escalate.policy.base as policy_base
import escalate.policy.cases as policy_cases
import escalate.policy.choice as policy_choice
import escalate.policy.clock as policy_clock
import escalate.policy.condition as policy_condition
import escalate.policy.effects as policy_effects
import escalate.policy.field as policy_field
import escalate.policy.level as policy_level
import escalate.policy.owner as policy_owner
import escalate.policy.policy as policy_policy
import escalate.policy.rotation as policy_rotation
import escalate.policy.target as policy_target
import escalate.policy.trigger as policy_trigger
import escalate.worktime.calendar as worktime_calendar
import escalate.worktime.duration as worktime_duration
import escalate.worktime.holiday as worktime_holiday
import escalate.worktime.hours as worktime_hours
import escalate.worktime.zone as worktime_zone

s0 = {'type': 'no-info', 'function': policy_policy._version}
s1 = {'type': 'function-before', 'function': s0, 'schema': {'type': 'literal', 'expected': [1]}}
s2 = {'type': 'default', 'schema': {'type': 'str'}, 'default': None}
s3 = {'type': 'model-field', 'schema': s2}
s4 = {'type': 'tuple', 'items_schema': [{'type': 'str'}], 'variadic_item_index': 0}
s5 = {'type': 'default', 'schema': s4, 'default': ()}
s6 = {'type': 'model-field', 'schema': s5}
s7 = {'type': 'str', 'min_length': 1, 'max_length': 200}
s8 = [s7]
s9 = {'type': 'tuple', 'items_schema': s8, 'variadic_item_index': 0}
s10 = {'type': 'default', 'schema': s9, 'default': ()}
s11 = {'type': 'model-field', 'schema': s10}
s12 = {'open': s11, 'waiting': s11, 'resolved': s11, 'closed': s11}
s13 = {'type': 'model-fields', 'fields': s12, 'model_name': 'Statuses'}
s14 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Statuses'}
s15 = {'type': 'model', 'cls': policy_policy.Statuses, 'schema': s13, 'custom_init': False, 'root_model': False, 'config': s14}
s16 = {'type': 'default', 'schema': s15, 'default': None}
s17 = {'type': 'model-field', 'schema': s16}
s18 = {'type': 'definition-ref', 'schema_ref': 'escalate.FieldName'}
s19 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.field.FieldSpec'}
s20 = {'type': 'dict', 'keys_schema': s18, 'values_schema': s19}
s21 = {'type': 'default', 'schema': s20, 'default': {}}
s22 = {'type': 'model-field', 'schema': s21}
s23 = {'type': 'definition-ref', 'schema_ref': 'escalate.Name'}
s24 = {'type': 'no-info', 'function': worktime_calendar.Calendar._opens}
s25 = {'type': 'no-info', 'function': worktime_zone._known}
s26 = {'type': 'no-info', 'function': worktime_zone._read}
s27 = {'type': 'function-before', 'function': s26, 'schema': {'type': 'str'}}
s28 = {'type': 'function-after', 'function': s25, 'schema': s27}
s29 = {'type': 'nullable', 'schema': s28}
s30 = {'type': 'default', 'schema': s29, 'default': None}
s31 = {'type': 'model-field', 'schema': s30}
s32 = {'type': 'no-info', 'function': worktime_hours.Hours.read}
s33 = {'type': 'function-plain', 'function': s32}
s34 = {'type': 'model-field', 'schema': s33}
s35 = {'type': 'no-info', 'function': worktime_calendar.Calendar._is_list}
s36 = {'type': 'with-info', 'function': worktime_holiday._pick}
s37 = {'type': 'no-info', 'function': worktime_holiday._Entry._has_hours}
s38 = {'type': 'no-info', 'function': worktime_hours._read_special}
s39 = {'type': 'function-plain', 'function': s38}
s40 = {'type': 'nullable', 'schema': s39}
s41 = {'type': 'default', 'schema': s40, 'default': None}
s42 = {'type': 'model-field', 'schema': s41}
s43 = {'type': 'nullable', 'schema': {'type': 'bool', 'strict': True}}
s44 = {'type': 'default', 'schema': s43, 'default': None}
s45 = {'type': 'model-field', 'schema': s44}
s46 = {'type': 'no-info', 'function': worktime_holiday._read_yearly}
s47 = {'type': 'function-plain', 'function': s46}
s48 = {'type': 'model-field', 'schema': s47}
s49 = {'type': 'nullable', 'schema': {'type': 'str'}}
s50 = {'type': 'default', 'schema': s49, 'default': None}
s51 = {'type': 'model-field', 'schema': s50}
s52 = {'hours': s42, 'beats_holidays': s45, 'date': s48, 'name': s51}
s53 = {'type': 'model-fields', 'fields': s52, 'model_name': 'DateHoliday'}
s54 = {'extra_fields_behavior': 'forbid', 'title': 'DateHoliday'}
s55 = {'type': 'model', 'cls': worktime_holiday.DateHoliday, 'schema': s53, 'custom_init': False, 'root_model': False, 'config': s54}
s56 = {'type': 'function-after', 'function': s37, 'schema': s55}
s57 = {'type': 'no-info', 'function': worktime_holiday.RangeHoliday._in_order}
s58 = {'type': 'no-info', 'function': worktime_holiday._read_date}
s59 = {'type': 'function-plain', 'function': s58}
s60 = {'type': 'model-field', 'schema': s59, 'validation_alias': 'from', 'serialization_alias': 'from'}
s61 = {'type': 'model-field', 'schema': s59, 'validation_alias': 'to', 'serialization_alias': 'to'}
s62 = {'hours': s42, 'beats_holidays': s45, 'first': s60, 'last': s61, 'name': s51}
s63 = {'type': 'model-fields', 'fields': s62, 'model_name': 'RangeHoliday'}
s64 = {'extra_fields_behavior': 'forbid', 'title': 'RangeHoliday'}
s65 = {'type': 'model', 'cls': worktime_holiday.RangeHoliday, 'schema': s63, 'custom_init': False, 'root_model': False, 'config': s64}
s66 = {'type': 'function-after', 'function': s37, 'schema': s65}
s67 = {'type': 'function-after', 'function': s57, 'schema': s66}
s68 = {'type': 'no-info', 'function': worktime_holiday.RuleHoliday._holds}
s69 = {'type': 'model-field', 'schema': {'type': 'str'}}
s70 = {'type': 'nullable', 'schema': s59}
s71 = {'type': 'default', 'schema': s70, 'default': None}
s72 = {'type': 'model-field', 'schema': s71}
s73 = {'hours': s42, 'beats_holidays': s45, 'rrule': s69, 'starts': s72, 'name': s51}
s74 = {'type': 'model-fields', 'fields': s73, 'model_name': 'RuleHoliday'}
s75 = {'extra_fields_behavior': 'forbid', 'title': 'RuleHoliday'}
s76 = {'type': 'model', 'cls': worktime_holiday.RuleHoliday, 'schema': s74, 'custom_init': False, 'root_model': False, 'config': s75}
s77 = {'type': 'function-after', 'function': s37, 'schema': s76}
s78 = {'type': 'function-after', 'function': s68, 'schema': s77}
s79 = {'type': 'no-info', 'function': worktime_holiday.EasterHoliday._known}
s80 = {'type': 'function-after', 'function': s79, 'schema': {'type': 'str'}}
s81 = {'type': 'model-field', 'schema': s80}
s82 = {'type': 'int', 'ge': -60, 'le': 200, 'strict': True}
s83 = {'type': 'default', 'schema': s82, 'default': 0}
s84 = {'type': 'model-field', 'schema': s83}
s85 = {'hours': s42, 'beats_holidays': s45, 'easter': s81, 'offset': s84, 'name': s51}
s86 = {'type': 'model-fields', 'fields': s85, 'model_name': 'EasterHoliday'}
s87 = {'extra_fields_behavior': 'forbid', 'title': 'EasterHoliday'}
s88 = {'type': 'model', 'cls': worktime_holiday.EasterHoliday, 'schema': s86, 'custom_init': False, 'root_model': False, 'config': s87}
s89 = {'type': 'function-after', 'function': s37, 'schema': s88}
s90 = {'type': 'no-info', 'function': worktime_holiday.CountryHolidays._known}
s91 = {'hours': s42, 'beats_holidays': s45, 'country': s69, 'subdivision': s51}
s92 = {'type': 'model-fields', 'fields': s91, 'model_name': 'CountryHolidays'}
s93 = {'extra_fields_behavior': 'forbid', 'title': 'CountryHolidays'}
s94 = {'type': 'model', 'cls': worktime_holiday.CountryHolidays, 'schema': s92, 'custom_init': False, 'root_model': False, 'config': s93}
s95 = {'type': 'function-after', 'function': s37, 'schema': s94}
s96 = {'type': 'function-after', 'function': s90, 'schema': s95}
s97 = {'type': 'with-info', 'function': worktime_holiday.IcalHolidays._read}
s98 = {'hours': s42, 'beats_holidays': s45, 'ical': s69, 'name': s51}
s99 = {'type': 'model-fields', 'fields': s98, 'model_name': 'IcalHolidays'}
s100 = {'extra_fields_behavior': 'forbid', 'title': 'IcalHolidays'}
s101 = {'type': 'model', 'cls': worktime_holiday.IcalHolidays, 'schema': s99, 'custom_init': False, 'root_model': False, 'config': s100}
s102 = {'type': 'function-after', 'function': s37, 'schema': s101}
s103 = {'type': 'function-after', 'function': s97, 'schema': s102}
s104 = [s56, s67, s78, s89, s96, s103]
s105 = {'type': 'union', 'choices': s104}
s106 = {'type': 'function-wrap', 'function': s36, 'schema': s105}
s107 = [s106]
s108 = {'type': 'tuple', 'items_schema': s107, 'variadic_item_index': 0}
s109 = {'type': 'function-before', 'function': s35, 'schema': s108}
s110 = {'type': 'default', 'schema': s109, 'default': ()}
s111 = {'type': 'model-field', 'schema': s110}
s112 = {'timezone': s31, 'hours': s34, 'holidays': s111}
s113 = {'type': 'model-fields', 'fields': s112, 'model_name': 'Calendar'}
s114 = {'extra_fields_behavior': 'forbid', 'title': 'Calendar'}
s115 = {'type': 'model', 'cls': worktime_calendar.Calendar, 'schema': s113, 'custom_init': False, 'root_model': False, 'config': s114}
s116 = {'type': 'function-after', 'function': s24, 'schema': s115}
s117 = {'type': 'dict', 'keys_schema': s23, 'values_schema': s116}
s118 = {'type': 'default', 'schema': s117, 'default': {}}
s119 = {'type': 'model-field', 'schema': s118}
s120 = {'type': 'no-info', 'function': policy_condition._read}
s121 = {'type': 'function-plain', 'function': s120}
s122 = {'type': 'dict', 'keys_schema': s23, 'values_schema': s121}
s123 = {'type': 'default', 'schema': s122, 'default': {}}
s124 = {'type': 'model-field', 'schema': s123}
s125 = {'type': 'no-info', 'function': policy_owner._kind_alone}
s126 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.owner.Person'}
s127 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.owner.Team'}
s128 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.owner.RotationOwner'}
s129 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.owner.LayeredRotation'}
s130 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.owner.RotationOf'}
s131 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.owner.Vendor'}
s132 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.owner.Bot'}
s133 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.owner.Group'}
s134 = {'<person>': s126, '<team>': s127, '<rotation>': s128, '<rotation-layers>': s129, '<rotation-of>': s130, '<vendor>': s131, '<bot>': s132, '<group>': s133}
s135 = {'type': 'tagged-union', 'choices': s134, 'discriminator': policy_owner._kind}
s136 = {'type': 'function-before', 'function': s125, 'schema': s135}
s137 = {'type': 'dict', 'keys_schema': s23, 'values_schema': s136}
s138 = {'type': 'default', 'schema': s137, 'default': {}}
s139 = {'type': 'model-field', 'schema': s138}
s140 = {'type': 'no-info', 'function': policy_clock._as_list}
s141 = ['created', 'entered', 'agent-reply', 'customer-reply', 'bot-reply', 'internal-note', 'assigned', 'acknowledged', 'escalated', 'transferred', 'returned', 'requested', 'documented', 'promised', 'status', 'resolved', 'closed', 'reopened']
s142 = {'type': 'literal', 'expected': s141}
s143 = [s142]
s144 = {'type': 'tuple', 'items_schema': s143, 'variadic_item_index': 0, 'min_length': 1}
s145 = {'type': 'function-before', 'function': s140, 'schema': s144}
s146 = {'type': 'model-field', 'schema': s145, 'validation_alias': 'from', 'serialization_alias': 'from'}
s147 = {'type': 'model-field', 'schema': s145}
s148 = {'type': 'tuple', 'items_schema': s8, 'variadic_item_index': 0, 'min_length': 1}
s149 = {'type': 'function-before', 'function': s140, 'schema': s148}
s150 = {'type': 'default', 'schema': s149, 'default': None}
s151 = {'type': 'model-field', 'schema': s150}
s152 = {'type': 'definition-ref', 'schema_ref': 'escalate.TargetCases'}
s153 = {'type': 'definition-ref', 'schema_ref': 'escalate.NameCases'}
s154 = {'type': 'default', 'schema': s153, 'default': None}
s155 = {'type': 'model-field', 'schema': s154}
s156 = {'type': 'literal', 'expected': ['resume', 'restart', 'ignore']}
s157 = {'type': 'default', 'schema': s156, 'default': 'resume'}
s158 = {'type': 'model-field', 'schema': s157}
s159 = {'type': 'default', 'schema': {'type': 'bool', 'strict': True}, 'default': True}
s160 = {'type': 'model-field', 'schema': s159}
s161 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Clock'}
s162 = {'type': 'no-info', 'function': policy_policy._message}
s163 = {'type': 'str', 'pattern': '^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,4}$'}
s164 = {'type': 'dict', 'keys_schema': s163, 'values_schema': {'type': 'str'}, 'min_length': 1}
s165 = {'type': 'function-before', 'function': s162, 'schema': s164}
s166 = {'type': 'dict', 'keys_schema': s23, 'values_schema': s165}
s167 = {'type': 'default', 'schema': s166, 'default': {}}
s168 = {'type': 'model-field', 'schema': s167}
s169 = {'type': 'dict', 'keys_schema': s23, 'values_schema': s19}
s170 = {'type': 'dict', 'keys_schema': s23, 'values_schema': s169}
s171 = {'type': 'default', 'schema': s170, 'default': {}}
s172 = {'type': 'model-field', 'schema': s171}
s173 = {'type': 'model-field', 'schema': s7}
s174 = {'type': 'definition-ref', 'schema_ref': 'escalate.UrgencyCases'}
s175 = {'type': 'default', 'schema': s174, 'default': None}
s176 = {'type': 'model-field', 'schema': s175}
s177 = {'type': 'no-info', 'function': policy_cases._from_list}
s178 = {'type': 'typed-dict-field', 'schema': s121, 'required': True}
s179 = {'type': 'no-info', 'function': policy_cases._none_or_never}
s180 = {'type': 'no-info', 'function': worktime_duration._validate}
s181 = {'type': 'function-plain', 'function': s180}
s182 = {'type': 'function-wrap', 'function': s179, 'schema': s181}
s183 = {'type': 'typed-dict-field', 'schema': s182, 'required': True}
s184 = {'type': 'no-info', 'function': policy_cases._from_plain}
s185 = {'type': 'no-info', 'function': policy_cases._none}
s186 = {'type': 'no-info', 'function': policy_base._scalar}
s187 = {'type': 'function-plain', 'function': s186}
s188 = {'type': 'function-wrap', 'function': s185, 'schema': s187}
s189 = {'type': 'typed-dict-field', 'schema': s188, 'required': True}
s190 = {'type': 'default', 'schema': s121, 'default': None}
s191 = {'type': 'model-field', 'schema': s190}
s192 = {'type': 'model-field', 'schema': s23}
s193 = {'type': 'literal', 'expected': ['functional', 'hierarchical']}
s194 = {'type': 'default', 'schema': s193, 'default': None}
s195 = {'type': 'model-field', 'schema': s194}
s196 = {'type': 'definition-ref', 'schema_ref': 'escalate.OwnerCases'}
s197 = {'type': 'model-field', 'schema': s196}
s198 = {'type': 'literal', 'expected': ['skip', 'wait']}
s199 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.level.Fallback'}
s200 = {'<word>': s198, '<mapping>': s199}
s201 = {'type': 'tagged-union', 'choices': s200, 'discriminator': policy_level._mapping_or_word}
s202 = {'type': 'default', 'schema': s201, 'default': 'skip'}
s203 = {'type': 'model-field', 'schema': s202}
s204 = [s23]
s205 = {'type': 'tuple', 'items_schema': s204, 'variadic_item_index': 0}
s206 = {'type': 'default', 'schema': s205, 'default': ()}
s207 = {'type': 'model-field', 'schema': s206}
s208 = {'type': 'no-info', 'function': policy_level._deadline}
s209 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.level.Deadline'}
s210 = {'type': 'function-before', 'function': s208, 'schema': s209}
s211 = {'type': 'default', 'schema': s210, 'default': None}
s212 = {'type': 'model-field', 'schema': s211}
s213 = {'acknowledge': s212, 'respond': s212, 'resolve': s212}
s214 = {'type': 'model-fields', 'fields': s213, 'model_name': 'Deadlines'}
s215 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Deadlines'}
s216 = {'type': 'model', 'cls': policy_level.Deadlines, 'schema': s214, 'custom_init': False, 'root_model': False, 'config': s215}
s217 = {'type': 'default', 'schema': s216, 'default_factory': policy_level.Deadlines.model_construct, 'default_factory_takes_data': False}
s218 = {'type': 'model-field', 'schema': s217}
s219 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.level.Remind'}
s220 = {'type': 'default', 'schema': s219, 'default': None}
s221 = {'type': 'model-field', 'schema': s220}
s222 = {'type': 'no-info', 'function': policy_effects._notices}
s223 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.effects.Notice'}
s224 = [s223]
s225 = {'type': 'tuple', 'items_schema': s224, 'variadic_item_index': 0}
s226 = {'type': 'function-before', 'function': s222, 'schema': s225}
s227 = {'type': 'default', 'schema': s226, 'default': ()}
s228 = {'type': 'model-field', 'schema': s227}
s229 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Level'}
s230 = {'type': 'tuple', 'items_schema': s204, 'variadic_item_index': 0, 'min_length': 1}
s231 = {'type': 'model-field', 'schema': s230}
s232 = {'id': s192, 'description': s3, 'when': s191, 'levels': s231}
s233 = {'type': 'model-fields', 'fields': s232, 'model_name': 'PathSpec'}
s234 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'PathSpec'}
s235 = {'type': 'model', 'cls': policy_level.PathSpec, 'schema': s233, 'custom_init': False, 'root_model': False, 'config': s234}
s236 = {'type': 'default', 'schema': s23, 'default': None}
s237 = {'type': 'model-field', 'schema': s236}
s238 = {'type': 'default', 'schema': s196, 'default': None}
s239 = {'type': 'model-field', 'schema': s238}
s240 = {'type': 'dict', 'keys_schema': s18, 'values_schema': s187}
s241 = {'type': 'default', 'schema': s240, 'default': {}}
s242 = {'type': 'model-field', 'schema': s241}
s243 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.effects.Do'}
s244 = [s243]
s245 = {'type': 'tuple', 'items_schema': s244, 'variadic_item_index': 0}
s246 = {'type': 'default', 'schema': s245, 'default': ()}
s247 = {'type': 'model-field', 'schema': s246}
s248 = {'type': 'literal', 'expected': ['active', 'resolved', 'closed', 'any']}
s249 = {'type': 'default', 'schema': s248, 'default': 'active'}
s250 = {'type': 'model-field', 'schema': s249, 'validation_alias': 'for', 'serialization_alias': 'for'}
s251 = {'type': 'no-info', 'function': policy_trigger._as_list}
s252 = {'type': 'function-before', 'function': s251, 'schema': s230}
s253 = {'type': 'default', 'schema': s252, 'default': None}
s254 = {'type': 'model-field', 'schema': s253}
s255 = {'type': 'model-field', 'schema': s121}
s256 = {'type': 'literal', 'expected': ['ticket', 'problem']}
s257 = {'type': 'default', 'schema': s256, 'default': None}
s258 = {'type': 'model-field', 'schema': s257}
s259 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Trigger'}
s260 = {'type': 'str', 'pattern': '^[^\\u0000-\\u0020\\u007f-\\u00a0\\u1680\\u2000-\\u200b\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff.:,|/{}]+(\\.[^\\u0000-\\u0020\\u007f-\\u00a0\\u1680\\u2000-\\u200b\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff.:,|/{}]+)*$', 'max_length': 200, 'ref': 'escalate.FieldName'}
s261 = {'type': 'no-info', 'function': policy_field.FieldSpec._one_list}
s262 = ['string', 'integer', 'number', 'boolean', 'array', 'object']
s263 = {'type': 'literal', 'expected': s262}
s264 = {'type': 'default', 'schema': s263, 'default': None}
s265 = {'type': 'model-field', 'schema': s264}
s266 = [s187]
s267 = {'type': 'tuple', 'items_schema': s266, 'variadic_item_index': 0, 'min_length': 1}
s268 = {'type': 'default', 'schema': s267, 'default': None}
s269 = {'type': 'model-field', 'schema': s268}
s270 = {'type': 'default', 'schema': s19, 'default': None}
s271 = {'type': 'model-field', 'schema': s270}
s272 = {'type': 'literal', 'expected': ['date-time', 'date', 'email', 'uri']}
s273 = {'type': 'default', 'schema': s272, 'default': None}
s274 = {'type': 'model-field', 'schema': s273}
s275 = {'type': 'no-info', 'function': policy_field._number}
s276 = {'type': 'function-plain', 'function': s275}
s277 = {'type': 'default', 'schema': s276, 'default': None}
s278 = {'type': 'model-field', 'schema': s277}
s279 = {'type': s265, 'enum': s269, 'ordered': s269, 'items': s271, 'format': s274, 'minimum': s278, 'maximum': s278, 'description': s3}
s280 = {'type': 'model-fields', 'fields': s279, 'model_name': 'FieldSpec'}
s281 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'FieldSpec'}
s282 = {'type': 'model', 'cls': policy_field.FieldSpec, 'schema': s280, 'custom_init': False, 'root_model': False, 'config': s281}
s283 = {'type': 'function-after', 'function': s261, 'schema': s282, 'ref': 'escalate.policy.field.FieldSpec'}
s284 = {'type': 'str', 'pattern': '^[^\\u0000-\\u0020\\u007f-\\u00a0\\u1680\\u2000-\\u200b\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff.:,|/{}]+$', 'max_length': 200, 'ref': 'escalate.Name'}
s285 = {'type': 'definition-ref', 'schema_ref': 'escalate.ChannelsCases'}
s286 = {'type': 'default', 'schema': s285, 'default': None}
s287 = {'type': 'model-field', 'schema': s286}
s288 = [s163]
s289 = {'type': 'tuple', 'items_schema': s288, 'variadic_item_index': 0}
s290 = {'type': 'default', 'schema': s289, 'default': ()}
s291 = {'type': 'model-field', 'schema': s290}
s292 = {'type': 'tuple', 'items_schema': s266, 'variadic_item_index': 0}
s293 = {'type': 'default', 'schema': s292, 'default': ()}
s294 = {'type': 'model-field', 'schema': s293}
s295 = {'type': 'dict', 'keys_schema': s23, 'values_schema': s187}
s296 = {'type': 'default', 'schema': s295, 'default': {}}
s297 = {'type': 'model-field', 'schema': s296}
s298 = {'type': 'int', 'strict': True, 'ge': 0}
s299 = {'type': 'default', 'schema': s298, 'default': None}
s300 = {'type': 'model-field', 'schema': s299}
s301 = {'type': 'literal', 'expected': ['person']}
s302 = {'type': 'model-field', 'schema': s301}
s303 = {'name': s3, 'channels': s287, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s302}
s304 = {'type': 'model-fields', 'fields': s303, 'model_name': 'Person'}
s305 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Person'}
s306 = {'type': 'model', 'cls': policy_owner.Person, 'schema': s304, 'custom_init': False, 'root_model': False, 'config': s305, 'ref': 'escalate.policy.owner.Person'}
s307 = {'type': 'function-wrap', 'function': s185, 'schema': s205}
s308 = {'type': 'typed-dict-field', 'schema': s307, 'required': True}
s309 = {'when': s178, 'use': s308}
s310 = {'type': 'typed-dict', 'fields': s309, 'extra_behavior': 'forbid'}
s311 = {'otherwise': s308}
s312 = {'type': 'typed-dict', 'fields': s311, 'extra_behavior': 'forbid'}
s313 = {'<when>': s310, '<otherwise>': s312}
s314 = {'type': 'tagged-union', 'choices': s313, 'discriminator': policy_cases._case_form}
s315 = {'type': 'list', 'items_schema': s314, 'min_length': 1}
s316 = {'type': 'function-after', 'function': s177, 'schema': s315}
s317 = {'type': 'function-after', 'function': s184, 'schema': s307}
s318 = {'<cases>': s316, '<plain>': s317}
s319 = {'type': 'tagged-union', 'choices': s318, 'discriminator': policy_cases._form, 'ref': 'escalate.ChannelsCases'}
s320 = {'type': 'literal', 'expected': ['team']}
s321 = {'type': 'model-field', 'schema': s320}
s322 = ['first', 'round-robin', 'least-loaded', 'on-duty', 'all', 'none']
s323 = {'type': 'literal', 'expected': s322}
s324 = {'type': 'default', 'schema': s323, 'default': 'none'}
s325 = {'type': 'model-field', 'schema': s324}
s326 = {'name': s3, 'channels': s287, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s321, 'members': s11, 'assign': s325, 'rotation': s237}
s327 = {'type': 'model-fields', 'fields': s326, 'model_name': 'Team'}
s328 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Team'}
s329 = {'type': 'model', 'cls': policy_owner.Team, 'schema': s327, 'custom_init': False, 'root_model': False, 'config': s328, 'ref': 'escalate.policy.owner.Team'}
s330 = {'type': 'literal', 'expected': ['rotation']}
s331 = {'type': 'model-field', 'schema': s330}
s332 = {'type': 'default', 'schema': s28, 'default': None}
s333 = {'type': 'model-field', 'schema': s332}
s334 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.rotation.Override'}
s335 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.rotation.Swap'}
s336 = {'<override>': s334, '<swap>': s335}
s337 = {'type': 'tagged-union', 'choices': s336, 'discriminator': policy_rotation._change_form}
s338 = [s337]
s339 = {'type': 'tuple', 'items_schema': s338, 'variadic_item_index': 0}
s340 = {'type': 'default', 'schema': s339, 'default': ()}
s341 = {'type': 'model-field', 'schema': s340}
s342 = {'type': 'model-field', 'schema': s148}
s343 = {'type': 'str', 'pattern': '^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2})?)?$'}
s344 = {'type': 'model-field', 'schema': s343}
s345 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.rotation.HandsOver'}
s346 = {'type': 'default', 'schema': s345, 'default_factory': policy_rotation.HandsOver.model_construct, 'default_factory_takes_data': False}
s347 = {'type': 'model-field', 'schema': s346}
s348 = {'name': s3, 'channels': s287, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s331, 'timezone': s333, 'overrides': s341, 'members': s342, 'starts': s344, 'hands_over': s347}
s349 = {'type': 'model-fields', 'fields': s348, 'model_name': 'RotationOwner'}
s350 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'RotationOwner'}
s351 = {'type': 'model', 'cls': policy_owner.RotationOwner, 'schema': s349, 'custom_init': False, 'root_model': False, 'config': s350, 'ref': 'escalate.policy.owner.RotationOwner'}
s352 = {'type': 'model-field', 'schema': s343, 'validation_alias': 'from', 'serialization_alias': 'from'}
s353 = {'from_': s352, 'until': s344, 'member': s173}
s354 = {'type': 'model-fields', 'fields': s353, 'model_name': 'Override'}
s355 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Override'}
s356 = {'type': 'model', 'cls': policy_rotation.Override, 'schema': s354, 'custom_init': False, 'root_model': False, 'config': s355, 'ref': 'escalate.policy.rotation.Override'}
s357 = {'type': 'tuple', 'items_schema': s8, 'variadic_item_index': 0, 'min_length': 2, 'max_length': 2}
s358 = {'type': 'model-field', 'schema': s357}
s359 = {'from_': s352, 'until': s344, 'swap': s358}
s360 = {'type': 'model-fields', 'fields': s359, 'model_name': 'Swap'}
s361 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Swap'}
s362 = {'type': 'model', 'cls': policy_rotation.Swap, 'schema': s360, 'custom_init': False, 'root_model': False, 'config': s361, 'ref': 'escalate.policy.rotation.Swap'}
s363 = {'type': 'literal', 'expected': ['day', 'week']}
s364 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.rotation.Days'}
s365 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.rotation.Weeks'}
s366 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.rotation.Hours'}
s367 = {'<word>': s363, '<days>': s364, '<weeks>': s365, '<hours>': s366}
s368 = {'type': 'tagged-union', 'choices': s367, 'discriminator': policy_rotation._every_form}
s369 = {'type': 'default', 'schema': s368, 'default': 'week'}
s370 = {'type': 'model-field', 'schema': s369}
s371 = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
s372 = {'type': 'literal', 'expected': s371}
s373 = {'type': 'default', 'schema': s372, 'default': 'mon'}
s374 = {'type': 'model-field', 'schema': s373}
s375 = {'type': 'str', 'pattern': '^([01][0-9]|2[0-3]):[0-5][0-9]$'}
s376 = {'type': 'default', 'schema': s375, 'default': '09:00'}
s377 = {'type': 'model-field', 'schema': s376}
s378 = {'every': s370, 'day': s374, 'at': s377}
s379 = {'type': 'model-fields', 'fields': s378, 'model_name': 'HandsOver'}
s380 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'HandsOver'}
s381 = {'type': 'model', 'cls': policy_rotation.HandsOver, 'schema': s379, 'custom_init': False, 'root_model': False, 'config': s380, 'ref': 'escalate.policy.rotation.HandsOver'}
s382 = {'type': 'int', 'strict': True, 'ge': 1, 'le': 366}
s383 = {'type': 'model-field', 'schema': s382}
s384 = {'days': s383}
s385 = {'type': 'model-fields', 'fields': s384, 'model_name': 'Days'}
s386 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Days'}
s387 = {'type': 'model', 'cls': policy_rotation.Days, 'schema': s385, 'custom_init': False, 'root_model': False, 'config': s386, 'ref': 'escalate.policy.rotation.Days'}
s388 = {'type': 'int', 'strict': True, 'ge': 1, 'le': 53}
s389 = {'type': 'model-field', 'schema': s388}
s390 = {'weeks': s389}
s391 = {'type': 'model-fields', 'fields': s390, 'model_name': 'Weeks'}
s392 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Weeks'}
s393 = {'type': 'model', 'cls': policy_rotation.Weeks, 'schema': s391, 'custom_init': False, 'root_model': False, 'config': s392, 'ref': 'escalate.policy.rotation.Weeks'}
s394 = {'type': 'int', 'strict': True, 'ge': 1, 'le': 168}
s395 = {'type': 'model-field', 'schema': s394}
s396 = {'hours': s395}
s397 = {'type': 'model-fields', 'fields': s396, 'model_name': 'Hours'}
s398 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Hours'}
s399 = {'type': 'model', 'cls': policy_rotation.Hours, 'schema': s397, 'custom_init': False, 'root_model': False, 'config': s398, 'ref': 'escalate.policy.rotation.Hours'}
s400 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.rotation.Layer'}
s401 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.rotation.IcalLayer'}
s402 = {'<layer>': s400, '<layer-ical>': s401}
s403 = {'type': 'tagged-union', 'choices': s402, 'discriminator': policy_rotation._layer_form}
s404 = [s403]
s405 = {'type': 'tuple', 'items_schema': s404, 'variadic_item_index': 0, 'min_length': 1}
s406 = {'type': 'model-field', 'schema': s405}
s407 = {'type': 'default', 'schema': s343, 'default': None}
s408 = {'type': 'model-field', 'schema': s407}
s409 = {'name': s3, 'channels': s287, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s331, 'timezone': s333, 'overrides': s341, 'layers': s406, 'starts': s408, 'hands_over': s347}
s410 = {'type': 'model-fields', 'fields': s409, 'model_name': 'LayeredRotation'}
s411 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'LayeredRotation'}
s412 = {'type': 'model', 'cls': policy_owner.LayeredRotation, 'schema': s410, 'custom_init': False, 'root_model': False, 'config': s411, 'ref': 'escalate.policy.owner.LayeredRotation'}
s413 = {'type': 'default', 'schema': s345, 'default': None}
s414 = {'type': 'model-field', 'schema': s413}
s415 = {'members': s342, 'starts': s408, 'hands_over': s414, 'calendar': s237, 'timezone': s333}
s416 = {'type': 'model-fields', 'fields': s415, 'model_name': 'Layer'}
s417 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Layer'}
s418 = {'type': 'model', 'cls': policy_rotation.Layer, 'schema': s416, 'custom_init': False, 'root_model': False, 'config': s417, 'ref': 'escalate.policy.rotation.Layer'}
s419 = {'type': 'with-info', 'function': policy_rotation.IcalLayer._read}
s420 = {'members': s342, 'ical': s69, 'calendar': s237, 'timezone': s333}
s421 = {'type': 'model-fields', 'fields': s420, 'model_name': 'IcalLayer'}
s422 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'IcalLayer'}
s423 = {'type': 'model', 'cls': policy_rotation.IcalLayer, 'schema': s421, 'custom_init': False, 'root_model': False, 'config': s422}
s424 = {'type': 'function-after', 'function': s419, 'schema': s423, 'ref': 'escalate.policy.rotation.IcalLayer'}
s425 = {'type': 'int', 'strict': True, 'ge': 1, 'le': 100}
s426 = {'type': 'default', 'schema': s425, 'default': 1}
s427 = {'type': 'model-field', 'schema': s426}
s428 = {'name': s3, 'channels': s287, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s331, 'of': s192, 'offset': s427}
s429 = {'type': 'model-fields', 'fields': s428, 'model_name': 'RotationOf'}
s430 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'RotationOf'}
s431 = {'type': 'model', 'cls': policy_owner.RotationOf, 'schema': s429, 'custom_init': False, 'root_model': False, 'config': s430, 'ref': 'escalate.policy.owner.RotationOf'}
s432 = {'type': 'literal', 'expected': ['vendor']}
s433 = {'type': 'model-field', 'schema': s432}
s434 = {'type': 'default', 'schema': s181, 'default': None}
s435 = {'type': 'model-field', 'schema': s434}
s436 = {'acknowledge': s435, 'respond': s435, 'resolve': s435}
s437 = {'type': 'model-fields', 'fields': s436, 'model_name': 'Agreed'}
s438 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Agreed'}
s439 = {'type': 'model', 'cls': policy_owner.Agreed, 'schema': s437, 'custom_init': False, 'root_model': False, 'config': s438}
s440 = {'type': 'default', 'schema': s439, 'default': None}
s441 = {'type': 'model-field', 'schema': s440}
s442 = {'name': s3, 'channels': s287, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s433, 'agreed': s441}
s443 = {'type': 'model-fields', 'fields': s442, 'model_name': 'Vendor'}
s444 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Vendor'}
s445 = {'type': 'model', 'cls': policy_owner.Vendor, 'schema': s443, 'custom_init': False, 'root_model': False, 'config': s444, 'ref': 'escalate.policy.owner.Vendor'}
s446 = {'type': 'literal', 'expected': ['bot']}
s447 = {'type': 'model-field', 'schema': s446}
s448 = {'name': s3, 'channels': s287, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s447}
s449 = {'type': 'model-fields', 'fields': s448, 'model_name': 'Bot'}
s450 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Bot'}
s451 = {'type': 'model', 'cls': policy_owner.Bot, 'schema': s449, 'custom_init': False, 'root_model': False, 'config': s450, 'ref': 'escalate.policy.owner.Bot'}
s452 = {'type': 'literal', 'expected': ['group']}
s453 = {'type': 'model-field', 'schema': s452}
s454 = {'name': s3, 'channels': s287, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s453, 'of': s231}
s455 = {'type': 'model-fields', 'fields': s454, 'model_name': 'Group'}
s456 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Group'}
s457 = {'type': 'model', 'cls': policy_owner.Group, 'schema': s455, 'custom_init': False, 'root_model': False, 'config': s456, 'ref': 'escalate.policy.owner.Group'}
s458 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.target.At'}
s459 = {'<at>': s458, '<duration>': s181}
s460 = {'type': 'tagged-union', 'choices': s459, 'discriminator': policy_target._form}
s461 = {'type': 'function-wrap', 'function': s185, 'schema': s460}
s462 = {'type': 'typed-dict-field', 'schema': s461, 'required': True}
s463 = {'type': 'typed-dict-field', 'schema': s23, 'required': False}
s464 = {'when': s178, 'use': s462, 'calendar': s463}
s465 = {'type': 'typed-dict', 'fields': s464, 'extra_behavior': 'forbid'}
s466 = {'otherwise': s462, 'calendar': s463}
s467 = {'type': 'typed-dict', 'fields': s466, 'extra_behavior': 'forbid'}
s468 = {'<when>': s465, '<otherwise>': s467}
s469 = {'type': 'tagged-union', 'choices': s468, 'discriminator': policy_cases._case_form}
s470 = {'type': 'list', 'items_schema': s469, 'min_length': 1}
s471 = {'type': 'function-after', 'function': s177, 'schema': s470}
s472 = {'type': 'function-after', 'function': s184, 'schema': s461}
s473 = {'<cases>': s471, '<plain>': s472}
s474 = {'type': 'tagged-union', 'choices': s473, 'discriminator': policy_cases._form, 'ref': 'escalate.TargetCases'}
s475 = {'type': 'model-field', 'schema': s18}
s476 = {'at': s475}
s477 = {'type': 'model-fields', 'fields': s476, 'model_name': 'At'}
s478 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'At'}
s479 = {'type': 'model', 'cls': policy_target.At, 'schema': s477, 'custom_init': False, 'root_model': False, 'config': s478, 'ref': 'escalate.policy.target.At'}
s480 = {'type': 'function-wrap', 'function': s185, 'schema': s23}
s481 = {'type': 'typed-dict-field', 'schema': s480, 'required': True}
s482 = {'when': s178, 'use': s481}
s483 = {'type': 'typed-dict', 'fields': s482, 'extra_behavior': 'forbid'}
s484 = {'otherwise': s481}
s485 = {'type': 'typed-dict', 'fields': s484, 'extra_behavior': 'forbid'}
s486 = {'<when>': s483, '<otherwise>': s485}
s487 = {'type': 'tagged-union', 'choices': s486, 'discriminator': policy_cases._case_form}
s488 = {'type': 'list', 'items_schema': s487, 'min_length': 1}
s489 = {'type': 'function-after', 'function': s177, 'schema': s488}
s490 = {'type': 'function-after', 'function': s184, 'schema': s480}
s491 = {'<cases>': s489, '<plain>': s490}
s492 = {'type': 'tagged-union', 'choices': s491, 'discriminator': policy_cases._form, 'ref': 'escalate.NameCases'}
s493 = {'type': 'literal', 'expected': ['normal', 'urgent']}
s494 = {'type': 'function-wrap', 'function': s185, 'schema': s493}
s495 = {'type': 'typed-dict-field', 'schema': s494, 'required': True}
s496 = {'when': s178, 'use': s495}
s497 = {'type': 'typed-dict', 'fields': s496, 'extra_behavior': 'forbid'}
s498 = {'otherwise': s495}
s499 = {'type': 'typed-dict', 'fields': s498, 'extra_behavior': 'forbid'}
s500 = {'<when>': s497, '<otherwise>': s499}
s501 = {'type': 'tagged-union', 'choices': s500, 'discriminator': policy_cases._case_form}
s502 = {'type': 'list', 'items_schema': s501, 'min_length': 1}
s503 = {'type': 'function-after', 'function': s177, 'schema': s502}
s504 = {'type': 'function-after', 'function': s184, 'schema': s494}
s505 = {'<cases>': s503, '<plain>': s504}
s506 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.choice.ByTopic'}
s507 = {'type': 'definition-ref', 'schema_ref': 'escalate.policy.choice.ByLanguage'}
s508 = {'<name>': s23, '<topic>': s506, '<language>': s507}
s509 = {'type': 'tagged-union', 'choices': s508, 'discriminator': policy_choice._form}
s510 = {'type': 'function-wrap', 'function': s185, 'schema': s509}
s511 = {'type': 'typed-dict-field', 'schema': s510, 'required': True}
s512 = {'when': s178, 'use': s511}
s513 = {'type': 'typed-dict', 'fields': s512, 'extra_behavior': 'forbid'}
s514 = {'otherwise': s511}
s515 = {'type': 'typed-dict', 'fields': s514, 'extra_behavior': 'forbid'}
s516 = {'<when>': s513, '<otherwise>': s515}
s517 = {'type': 'tagged-union', 'choices': s516, 'discriminator': policy_cases._case_form}
s518 = {'type': 'list', 'items_schema': s517, 'min_length': 1}
s519 = {'type': 'function-after', 'function': s177, 'schema': s518}
s520 = {'type': 'function-after', 'function': s184, 'schema': s510}
s521 = {'<cases>': s519, '<plain>': s520}
s522 = {'type': 'tagged-union', 'choices': s521, 'discriminator': policy_cases._form, 'ref': 'escalate.OwnerCases'}
s523 = {'type': 'default', 'schema': s18, 'default': None}
s524 = {'type': 'model-field', 'schema': s523}
s525 = {'type': 'model-field', 'schema': s230, 'validation_alias': 'from', 'serialization_alias': 'from'}
s526 = {'expert_in': s475, 'speaks': s524, 'from_': s525, 'otherwise': s237}
s527 = {'type': 'model-fields', 'fields': s526, 'model_name': 'ByTopic'}
s528 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'ByTopic'}
s529 = {'type': 'model', 'cls': policy_choice.ByTopic, 'schema': s527, 'custom_init': False, 'root_model': False, 'config': s528, 'ref': 'escalate.policy.choice.ByTopic'}
s530 = {'expert_in': s524, 'speaks': s475, 'from_': s525, 'otherwise': s237}
s531 = {'type': 'model-fields', 'fields': s530, 'model_name': 'ByLanguage'}
s532 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'ByLanguage'}
s533 = {'type': 'model', 'cls': policy_choice.ByLanguage, 'schema': s531, 'custom_init': False, 'root_model': False, 'config': s532, 'ref': 'escalate.policy.choice.ByLanguage'}
s534 = {'fallback': s197}
s535 = {'type': 'model-fields', 'fields': s534, 'model_name': 'Fallback'}
s536 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Fallback'}
s537 = {'type': 'model', 'cls': policy_level.Fallback, 'schema': s535, 'custom_init': False, 'root_model': False, 'config': s536, 'ref': 'escalate.policy.level.Fallback'}
s538 = {'type': 'model-field', 'schema': s152}
s539 = {'type': 'str', 'pattern': '^(100|[1-9]?[0-9])%$'}
s540 = {'<percent>': s539, '<duration>': s181}
s541 = {'type': 'tagged-union', 'choices': s540, 'discriminator': policy_level._warn_form}
s542 = [s541]
s543 = {'type': 'tuple', 'items_schema': s542, 'variadic_item_index': 0}
s544 = {'type': 'default', 'schema': s543, 'default': ()}
s545 = {'type': 'model-field', 'schema': s544}
s546 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Effects'}
s547 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Deadline'}
s548 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Notice'}
s549 = {'<list>': s292, '<scalar>': s187}
s550 = {'type': 'tagged-union', 'choices': s549, 'discriminator': policy_effects._scalar_form}
s551 = {'type': 'function-wrap', 'function': s185, 'schema': s550}
s552 = {'type': 'typed-dict-field', 'schema': s551, 'required': True}
s553 = {'when': s178, 'use': s552}
s554 = {'type': 'typed-dict', 'fields': s553, 'extra_behavior': 'forbid'}
s555 = {'otherwise': s552}
s556 = {'type': 'typed-dict', 'fields': s555, 'extra_behavior': 'forbid'}
s557 = {'<when>': s554, '<otherwise>': s556}
s558 = {'type': 'tagged-union', 'choices': s557, 'discriminator': policy_cases._case_form}
s559 = {'type': 'list', 'items_schema': s558, 'min_length': 1}
s560 = {'type': 'function-after', 'function': s177, 'schema': s559}
s561 = {'type': 'function-after', 'function': s184, 'schema': s551}
s562 = {'<cases>': s560, '<plain>': s561}
s563 = {'type': 'tagged-union', 'choices': s562, 'discriminator': policy_cases._form}
s564 = {'type': 'dict', 'keys_schema': s23, 'values_schema': s563}
s565 = {'type': 'default', 'schema': s564, 'default': {}}
s566 = {'type': 'model-field', 'schema': s565, 'validation_alias': 'with', 'serialization_alias': 'with'}
s567 = {'action': s192, 'with_': s566}
s568 = {'type': 'model-fields', 'fields': s567, 'model_name': 'Do'}
s569 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Do'}
s570 = {'type': 'model-field', 'schema': s181}
s571 = {'type': 'int', 'strict': True, 'ge': 1, 'le': 1000}
s572 = {'type': 'default', 'schema': s571, 'default': None}
s573 = {'type': 'model-field', 'schema': s572}
s574 = {'every': s570, 'times': s573}
s575 = {'type': 'model-fields', 'fields': s574, 'model_name': 'Remind'}
s576 = {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Remind'}
s577 = {'type': 'tagged-union', 'choices': s473, 'discriminator': policy_cases._form}
s578 = {'type': 'default', 'schema': s577, 'default': None}
s579 = {'type': 'model-field', 'schema': s578}
s580 = {'type': 'tagged-union', 'choices': s491, 'discriminator': policy_cases._form}
s581 = {'type': 'default', 'schema': s580, 'default': None}
s582 = {'type': 'model-field', 'schema': s581}
s583 = {'from_': s146, 'until': s147, 'paused': s151, 'target': s579, 'calendar': s582, 'on_reopen': s158, 'resolved_counts': s160, 'description': s3}
s584 = {'type': 'model-fields', 'fields': s583, 'model_name': 'Clock'}
s585 = {'type': 'model', 'cls': policy_clock.Clock, 'schema': s584, 'custom_init': False, 'root_model': False, 'config': s161}
s586 = {'type': 'model', 'cls': policy_level.Remind, 'schema': s575, 'custom_init': False, 'root_model': False, 'config': s576}
s587 = {'type': 'default', 'schema': s586, 'default': None}
s588 = {'type': 'model-field', 'schema': s587}
s589 = {'type': 'model', 'cls': policy_effects.Do, 'schema': s568, 'custom_init': False, 'root_model': False, 'config': s569}
s590 = [s589]
s591 = {'type': 'tuple', 'items_schema': s590, 'variadic_item_index': 0}
s592 = {'type': 'default', 'schema': s591, 'default': ()}
s593 = {'type': 'model-field', 'schema': s592}
s594 = {'escalate': s237, 'transfer': s239, 'requires': s207, 'notify': s228, 'tell_customer': s155, 'set': s242, 'do': s593}
s595 = {'type': 'model-fields', 'fields': s594, 'model_name': 'Effects'}
s596 = {'type': 'model', 'cls': policy_effects.Effects, 'schema': s595, 'custom_init': False, 'root_model': False, 'config': s546}
s597 = {'type': 'default', 'schema': s596, 'default': None}
s598 = {'type': 'model-field', 'schema': s597}
s599 = {'target': s538, 'warn': s545, 'paused': s151, 'calendar': s155, 'on_breach': s598}
s600 = {'type': 'model-fields', 'fields': s599, 'model_name': 'Deadline'}
s601 = {'type': 'model', 'cls': policy_level.Deadline, 'schema': s600, 'custom_init': False, 'root_model': False, 'config': s547, 'ref': 'escalate.policy.level.Deadline'}
s602 = {'type': 'tagged-union', 'choices': s505, 'discriminator': policy_cases._form}
s603 = {'type': 'default', 'schema': s602, 'default': None}
s604 = {'type': 'model-field', 'schema': s603}
s605 = {'owner': s197, 'message': s155, 'channel': s155, 'urgency': s604}
s606 = {'type': 'model-fields', 'fields': s605, 'model_name': 'Notice'}
s607 = {'type': 'model', 'cls': policy_effects.Notice, 'schema': s606, 'custom_init': False, 'root_model': False, 'config': s548, 'ref': 'escalate.policy.effects.Notice'}
s608 = [s284]
s609 = [s284, s522, s529, s260, s533, s607, s492]
s610 = {'type': 'tagged-union', 'choices': s318, 'discriminator': policy_cases._form}
s611 = {'type': 'default', 'schema': s610, 'default': None}
s612 = {'type': 'model-field', 'schema': s611}
s613 = {'type': 'model', 'cls': policy_rotation.HandsOver, 'schema': s379, 'custom_init': False, 'root_model': False, 'config': s380}
s614 = [s387, s393, s399]
s615 = {'type': 'str', 'pattern': '^[^\\u0000-\\u0020\\u007f-\\u00a0\\u1680\\u2000-\\u200b\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff.:,|/{}]+$', 'max_length': 200}
s616 = {'type': 'default', 'schema': s615, 'default': None}
s617 = {'type': 'model-field', 'schema': s616}
s618 = [s260, s284]
s619 = {'type': 'tagged-union', 'choices': s521, 'discriminator': policy_cases._form}
s620 = {'type': 'model-field', 'schema': s619}

MODELS = {
    policy_choice.ByLanguage: ({'type': 'definitions', 'schema': {'type': 'model', 'cls': policy_choice.ByLanguage, 'schema': s531, 'custom_init': False, 'root_model': False, 'config': s532}, 'definitions': s618}, s532, s530),
    policy_choice.ByTopic: ({'type': 'definitions', 'schema': {'type': 'model', 'cls': policy_choice.ByTopic, 'schema': s527, 'custom_init': False, 'root_model': False, 'config': s528}, 'definitions': s618}, s528, s526),
    policy_clock.Clock: ({'type': 'definitions', 'schema': s585, 'definitions': [s479, s260, s284]}, s161, s583),
    policy_effects.Do: ({'type': 'definitions', 'schema': s589, 'definitions': s608}, s569, s567),
    policy_effects.Effects: ({'type': 'definitions', 'schema': s596, 'definitions': s609}, s546, s594),
    policy_effects.Notice: ({'type': 'definitions', 'schema': {'type': 'model', 'cls': policy_effects.Notice, 'schema': {'type': 'model-fields', 'fields': {'owner': s620, 'message': s155, 'channel': s155, 'urgency': s604}, 'model_name': 'Notice'}, 'custom_init': False, 'root_model': False, 'config': s548}, 'definitions': [s284, s529, s260, s533, s492]}, s548, {'owner': s620, 'message': s155, 'channel': s155, 'urgency': s604}),
    policy_field.FieldSpec: ({'type': 'definitions', 'schema': s19, 'definitions': [s283]}, s281, s279),
    policy_level.Deadline: ({'type': 'definitions', 'schema': {'type': 'model', 'cls': policy_level.Deadline, 'schema': {'type': 'model-fields', 'fields': {'target': {'type': 'model-field', 'schema': s577}, 'warn': s545, 'paused': s151, 'calendar': s155, 'on_breach': s598}, 'model_name': 'Deadline'}, 'custom_init': False, 'root_model': False, 'config': s547}, 'definitions': [{'type': 'model', 'cls': policy_target.At, 'schema': {'type': 'model-fields', 'fields': {'at': {'type': 'model-field', 'schema': s260}}, 'model_name': 'At'}, 'custom_init': False, 'root_model': False, 'config': s478, 'ref': 'escalate.policy.target.At'}, s284, s492, s522, s529, s260, s533, s607]}, s547, {'target': {'type': 'model-field', 'schema': s577}, 'warn': s545, 'paused': s151, 'calendar': s155, 'on_breach': s598}),
    policy_level.Deadlines: ({'type': 'definitions', 'schema': s216, 'definitions': [s601, s474, s479, s260, s284, s492, s522, s529, s533, s607]}, s215, s213),
    policy_level.Fallback: ({'type': 'definitions', 'schema': {'type': 'model', 'cls': policy_level.Fallback, 'schema': {'type': 'model-fields', 'fields': {'fallback': s620}, 'model_name': 'Fallback'}, 'custom_init': False, 'root_model': False, 'config': s536}, 'definitions': [s284, s529, s260, s533]}, s536, {'fallback': s620}),
    policy_level.Level: ({'type': 'definitions', 'schema': {'type': 'model', 'cls': policy_level.Level, 'schema': {'type': 'model-fields', 'fields': {'id': s192, 'name': s3, 'description': s3, 'kind': s195, 'owner': s197, 'if_unavailable': s203, 'requires': s207, 'calendar': s155, 'deadlines': s218, 'remind': s588, 'notify': s228, 'tell_customer': s155}, 'model_name': 'Level'}, 'custom_init': False, 'root_model': False, 'config': s229}, 'definitions': [s284, s522, s529, s260, s533, s537, s492, s601, s474, s479, s607]}, s229, {'id': s192, 'name': s3, 'description': s3, 'kind': s195, 'owner': s197, 'if_unavailable': s203, 'requires': s207, 'calendar': s155, 'deadlines': s218, 'remind': s588, 'notify': s228, 'tell_customer': s155}),
    policy_level.PathSpec: ({'type': 'definitions', 'schema': s235, 'definitions': s608}, s234, s232),
    policy_level.Remind: (s586, s576, s574),
    policy_owner.Agreed: (s439, s438, s436),
    policy_owner.Bot: ({'type': 'definitions', 'schema': {'type': 'model', 'cls': policy_owner.Bot, 'schema': {'type': 'model-fields', 'fields': {'name': s3, 'channels': s612, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s447}, 'model_name': 'Bot'}, 'custom_init': False, 'root_model': False, 'config': s450}, 'definitions': s608}, s450, {'name': s3, 'channels': s612, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s447}),
    policy_owner.Group: ({'type': 'definitions', 'schema': {'type': 'model', 'cls': policy_owner.Group, 'schema': {'type': 'model-fields', 'fields': {'name': s3, 'channels': s612, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s453, 'of': s231}, 'model_name': 'Group'}, 'custom_init': False, 'root_model': False, 'config': s456}, 'definitions': s608}, s456, {'name': s3, 'channels': s612, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s453, 'of': s231}),
    policy_owner.LayeredRotation: ({'type': 'definitions', 'schema': {'type': 'model', 'cls': policy_owner.LayeredRotation, 'schema': {'type': 'model-fields', 'fields': {'name': s3, 'channels': s612, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s331, 'timezone': s333, 'overrides': s341, 'layers': s406, 'starts': s408, 'hands_over': s347}, 'model_name': 'LayeredRotation'}, 'custom_init': False, 'root_model': False, 'config': s411}, 'definitions': [s284, s356, s362, s418, s381, s387, s393, s399, s424]}, s411, {'name': s3, 'channels': s612, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s331, 'timezone': s333, 'overrides': s341, 'layers': s406, 'starts': s408, 'hands_over': s347}),
    policy_owner.Person: ({'type': 'definitions', 'schema': {'type': 'model', 'cls': policy_owner.Person, 'schema': {'type': 'model-fields', 'fields': {'name': s3, 'channels': s612, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s302}, 'model_name': 'Person'}, 'custom_init': False, 'root_model': False, 'config': s305}, 'definitions': s608}, s305, {'name': s3, 'channels': s612, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s302}),
    policy_owner.RotationOf: ({'type': 'definitions', 'schema': {'type': 'model', 'cls': policy_owner.RotationOf, 'schema': {'type': 'model-fields', 'fields': {'name': s3, 'channels': s612, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s331, 'of': s192, 'offset': s427}, 'model_name': 'RotationOf'}, 'custom_init': False, 'root_model': False, 'config': s430}, 'definitions': s608}, s430, {'name': s3, 'channels': s612, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s331, 'of': s192, 'offset': s427}),
    policy_owner.RotationOwner: ({'type': 'definitions', 'schema': {'type': 'model', 'cls': policy_owner.RotationOwner, 'schema': {'type': 'model-fields', 'fields': {'name': s3, 'channels': s612, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s331, 'timezone': s333, 'overrides': s341, 'members': s342, 'starts': s344, 'hands_over': {'type': 'model-field', 'schema': {'type': 'default', 'schema': s613, 'default_factory': policy_rotation.HandsOver.model_construct, 'default_factory_takes_data': False}}}, 'model_name': 'RotationOwner'}, 'custom_init': False, 'root_model': False, 'config': s350}, 'definitions': [s284, s356, s362, s387, s393, s399]}, s350, {'name': s3, 'channels': s612, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s331, 'timezone': s333, 'overrides': s341, 'members': s342, 'starts': s344, 'hands_over': {'type': 'model-field', 'schema': {'type': 'default', 'schema': s613, 'default_factory': policy_rotation.HandsOver.model_construct, 'default_factory_takes_data': False}}}),
    policy_owner.Team: ({'type': 'definitions', 'schema': {'type': 'model', 'cls': policy_owner.Team, 'schema': {'type': 'model-fields', 'fields': {'name': s3, 'channels': s612, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s321, 'members': s11, 'assign': s325, 'rotation': s237}, 'model_name': 'Team'}, 'custom_init': False, 'root_model': False, 'config': s328}, 'definitions': s608}, s328, {'name': s3, 'channels': s612, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s321, 'members': s11, 'assign': s325, 'rotation': s237}),
    policy_owner.Vendor: ({'type': 'definitions', 'schema': {'type': 'model', 'cls': policy_owner.Vendor, 'schema': {'type': 'model-fields', 'fields': {'name': s3, 'channels': s612, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s433, 'agreed': s441}, 'model_name': 'Vendor'}, 'custom_init': False, 'root_model': False, 'config': s444}, 'definitions': s608}, s444, {'name': s3, 'channels': s612, 'calendar': s237, 'languages': s291, 'handles': s294, 'authority': s297, 'capacity': s300, 'kind': s433, 'agreed': s441}),
    policy_policy.Policy: ({'type': 'definitions', 'schema': {'type': 'function-wrap', 'function': {'type': 'no-info', 'function': policy_policy.Policy._keep_data}, 'schema': {'type': 'model', 'cls': policy_policy.Policy, 'schema': {'type': 'model-fields', 'fields': {'escalate': {'type': 'model-field', 'schema': s1}, 'description': s3, 'include': s6, 'statuses': s17, 'fields': s22, 'calendars': s119, 'conditions': s124, 'owners': s139, 'clocks': {'type': 'model-field', 'schema': {'type': 'default', 'schema': {'type': 'dict', 'keys_schema': s23, 'values_schema': {'type': 'model', 'cls': policy_clock.Clock, 'schema': {'type': 'model-fields', 'fields': {'from_': s146, 'until': s147, 'paused': s151, 'target': {'type': 'model-field', 'schema': {'type': 'default', 'schema': s152, 'default': None}}, 'calendar': s155, 'on_reopen': s158, 'resolved_counts': s160, 'description': s3}, 'model_name': 'Clock'}, 'custom_init': False, 'root_model': False, 'config': s161}}, 'default': {}}}, 'messages': s168, 'actions': s172, 'name': s173, 'version': s3, 'timezone': {'type': 'model-field', 'schema': {'type': 'default', 'schema': {'type': 'str'}, 'default': 'UTC'}}, 'language': {'type': 'model-field', 'schema': {'type': 'default', 'schema': s163, 'default': None}}, 'calendar': {'type': 'model-field', 'schema': {'type': 'default', 'schema': s23, 'default': 'always'}}, 'dates': {'type': 'model-field', 'schema': {'type': 'default', 'schema': {'type': 'literal', 'expected': ['iso', 'language']}, 'default': 'iso'}}, 'tell_customer': s155, 'urgency': s176, 'review': {'type': 'model-field', 'schema': {'type': 'default', 'schema': {'type': 'tagged-union', 'choices': {'<cases>': {'type': 'function-after', 'function': s177, 'schema': {'type': 'list', 'items_schema': {'type': 'tagged-union', 'choices': {'<when>': {'type': 'typed-dict', 'fields': {'when': s178, 'use': s183}, 'extra_behavior': 'forbid'}, '<otherwise>': {'type': 'typed-dict', 'fields': {'otherwise': s183}, 'extra_behavior': 'forbid'}}, 'discriminator': policy_cases._case_form}, 'min_length': 1}}, '<plain>': {'type': 'function-after', 'function': s184, 'schema': s182}}, 'discriminator': policy_cases._form}, 'default': None}}, 'derive': {'type': 'model-field', 'schema': {'type': 'default', 'schema': {'type': 'dict', 'keys_schema': s18, 'values_schema': {'type': 'tagged-union', 'choices': {'<cases>': {'type': 'function-after', 'function': s177, 'schema': {'type': 'list', 'items_schema': {'type': 'tagged-union', 'choices': {'<when>': {'type': 'typed-dict', 'fields': {'when': s178, 'use': s189}, 'extra_behavior': 'forbid'}, '<otherwise>': {'type': 'typed-dict', 'fields': {'otherwise': s189}, 'extra_behavior': 'forbid'}}, 'discriminator': policy_cases._case_form}, 'min_length': 1}}, '<plain>': {'type': 'function-after', 'function': s184, 'schema': s188}}, 'discriminator': policy_cases._form}}, 'default': {}}}, 'similar': {'type': 'model-field', 'schema': {'type': 'default', 'schema': {'type': 'tuple', 'items_schema': [s18], 'variadic_item_index': 0}, 'default': ()}}, 'applies_to': s191, 'precedence': {'type': 'model-field', 'schema': {'type': 'default', 'schema': {'type': 'int', 'strict': True}, 'default': 0}}, 'levels': {'type': 'model-field', 'schema': {'type': 'tuple', 'items_schema': [{'type': 'model', 'cls': policy_level.Level, 'schema': {'type': 'model-fields', 'fields': {'id': s192, 'name': s3, 'description': s3, 'kind': s195, 'owner': s197, 'if_unavailable': s203, 'requires': s207, 'calendar': s155, 'deadlines': s218, 'remind': s221, 'notify': s228, 'tell_customer': s155}, 'model_name': 'Level'}, 'custom_init': False, 'root_model': False, 'config': s229}], 'variadic_item_index': 0, 'min_length': 1}}, 'paths': {'type': 'model-field', 'schema': {'type': 'default', 'schema': {'type': 'tuple', 'items_schema': [s235], 'variadic_item_index': 0}, 'default': ()}}, 'triggers': {'type': 'model-field', 'schema': {'type': 'default', 'schema': {'type': 'tuple', 'items_schema': [{'type': 'model', 'cls': policy_trigger.Trigger, 'schema': {'type': 'model-fields', 'fields': {'escalate': s237, 'transfer': s239, 'requires': s207, 'notify': s228, 'tell_customer': s155, 'set': s242, 'do': s247, 'id': s192, 'name': s3, 'description': s3, 'for_': s250, 'at': s254, 'when': s255, 'once': s258, 'repeat': s221}, 'model_name': 'Trigger'}, 'custom_init': False, 'root_model': False, 'config': s259}], 'variadic_item_index': 0}, 'default': ()}}}, 'model_name': 'Policy'}, 'custom_init': False, 'root_model': False, 'config': {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Policy'}}}, 'definitions': [s260, s283, s284, s306, s319, s329, s351, s356, s362, s381, s387, s393, s399, s412, s418, s424, s431, s445, s451, s457, s474, s479, s492, {'type': 'tagged-union', 'choices': s505, 'discriminator': policy_cases._form, 'ref': 'escalate.UrgencyCases'}, s522, s529, s533, s537, {'type': 'model', 'cls': policy_level.Deadline, 'schema': {'type': 'model-fields', 'fields': {'target': s538, 'warn': s545, 'paused': s151, 'calendar': s155, 'on_breach': {'type': 'model-field', 'schema': {'type': 'default', 'schema': {'type': 'model', 'cls': policy_effects.Effects, 'schema': {'type': 'model-fields', 'fields': {'escalate': s237, 'transfer': s239, 'requires': s207, 'notify': s228, 'tell_customer': s155, 'set': s242, 'do': s247}, 'model_name': 'Effects'}, 'custom_init': False, 'root_model': False, 'config': s546}, 'default': None}}}, 'model_name': 'Deadline'}, 'custom_init': False, 'root_model': False, 'config': s547, 'ref': 'escalate.policy.level.Deadline'}, {'type': 'model', 'cls': policy_effects.Notice, 'schema': {'type': 'model-fields', 'fields': {'owner': s197, 'message': s155, 'channel': s155, 'urgency': s176}, 'model_name': 'Notice'}, 'custom_init': False, 'root_model': False, 'config': s548, 'ref': 'escalate.policy.effects.Notice'}, {'type': 'model', 'cls': policy_effects.Do, 'schema': s568, 'custom_init': False, 'root_model': False, 'config': s569, 'ref': 'escalate.policy.effects.Do'}, {'type': 'model', 'cls': policy_level.Remind, 'schema': s575, 'custom_init': False, 'root_model': False, 'config': s576, 'ref': 'escalate.policy.level.Remind'}]}, {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Policy'}, {'escalate': {'type': 'model-field', 'schema': s1}, 'description': s3, 'include': s6, 'statuses': s17, 'fields': s22, 'calendars': s119, 'conditions': s124, 'owners': s139, 'clocks': {'type': 'model-field', 'schema': {'type': 'default', 'schema': {'type': 'dict', 'keys_schema': s23, 'values_schema': {'type': 'model', 'cls': policy_clock.Clock, 'schema': {'type': 'model-fields', 'fields': {'from_': s146, 'until': s147, 'paused': s151, 'target': {'type': 'model-field', 'schema': {'type': 'default', 'schema': s152, 'default': None}}, 'calendar': s155, 'on_reopen': s158, 'resolved_counts': s160, 'description': s3}, 'model_name': 'Clock'}, 'custom_init': False, 'root_model': False, 'config': s161}}, 'default': {}}}, 'messages': s168, 'actions': s172, 'name': s173, 'version': s3, 'timezone': {'type': 'model-field', 'schema': {'type': 'default', 'schema': {'type': 'str'}, 'default': 'UTC'}}, 'language': {'type': 'model-field', 'schema': {'type': 'default', 'schema': s163, 'default': None}}, 'calendar': {'type': 'model-field', 'schema': {'type': 'default', 'schema': s23, 'default': 'always'}}, 'dates': {'type': 'model-field', 'schema': {'type': 'default', 'schema': {'type': 'literal', 'expected': ['iso', 'language']}, 'default': 'iso'}}, 'tell_customer': s155, 'urgency': s176, 'review': {'type': 'model-field', 'schema': {'type': 'default', 'schema': {'type': 'tagged-union', 'choices': {'<cases>': {'type': 'function-after', 'function': s177, 'schema': {'type': 'list', 'items_schema': {'type': 'tagged-union', 'choices': {'<when>': {'type': 'typed-dict', 'fields': {'when': s178, 'use': s183}, 'extra_behavior': 'forbid'}, '<otherwise>': {'type': 'typed-dict', 'fields': {'otherwise': s183}, 'extra_behavior': 'forbid'}}, 'discriminator': policy_cases._case_form}, 'min_length': 1}}, '<plain>': {'type': 'function-after', 'function': s184, 'schema': s182}}, 'discriminator': policy_cases._form}, 'default': None}}, 'derive': {'type': 'model-field', 'schema': {'type': 'default', 'schema': {'type': 'dict', 'keys_schema': s18, 'values_schema': {'type': 'tagged-union', 'choices': {'<cases>': {'type': 'function-after', 'function': s177, 'schema': {'type': 'list', 'items_schema': {'type': 'tagged-union', 'choices': {'<when>': {'type': 'typed-dict', 'fields': {'when': s178, 'use': s189}, 'extra_behavior': 'forbid'}, '<otherwise>': {'type': 'typed-dict', 'fields': {'otherwise': s189}, 'extra_behavior': 'forbid'}}, 'discriminator': policy_cases._case_form}, 'min_length': 1}}, '<plain>': {'type': 'function-after', 'function': s184, 'schema': s188}}, 'discriminator': policy_cases._form}}, 'default': {}}}, 'similar': {'type': 'model-field', 'schema': {'type': 'default', 'schema': {'type': 'tuple', 'items_schema': [s18], 'variadic_item_index': 0}, 'default': ()}}, 'applies_to': s191, 'precedence': {'type': 'model-field', 'schema': {'type': 'default', 'schema': {'type': 'int', 'strict': True}, 'default': 0}}, 'levels': {'type': 'model-field', 'schema': {'type': 'tuple', 'items_schema': [{'type': 'model', 'cls': policy_level.Level, 'schema': {'type': 'model-fields', 'fields': {'id': s192, 'name': s3, 'description': s3, 'kind': s195, 'owner': s197, 'if_unavailable': s203, 'requires': s207, 'calendar': s155, 'deadlines': s218, 'remind': s221, 'notify': s228, 'tell_customer': s155}, 'model_name': 'Level'}, 'custom_init': False, 'root_model': False, 'config': s229}], 'variadic_item_index': 0, 'min_length': 1}}, 'paths': {'type': 'model-field', 'schema': {'type': 'default', 'schema': {'type': 'tuple', 'items_schema': [s235], 'variadic_item_index': 0}, 'default': ()}}, 'triggers': {'type': 'model-field', 'schema': {'type': 'default', 'schema': {'type': 'tuple', 'items_schema': [{'type': 'model', 'cls': policy_trigger.Trigger, 'schema': {'type': 'model-fields', 'fields': {'escalate': s237, 'transfer': s239, 'requires': s207, 'notify': s228, 'tell_customer': s155, 'set': s242, 'do': s247, 'id': s192, 'name': s3, 'description': s3, 'for_': s250, 'at': s254, 'when': s255, 'once': s258, 'repeat': s221}, 'model_name': 'Trigger'}, 'custom_init': False, 'root_model': False, 'config': s259}], 'variadic_item_index': 0}, 'default': ()}}}),
    policy_policy.Shared: ({'type': 'definitions', 'schema': {'type': 'model', 'cls': policy_policy.Shared, 'schema': {'type': 'model-fields', 'fields': {'escalate': {'type': 'model-field', 'schema': {'type': 'default', 'schema': s1, 'default': None}}, 'description': s3, 'include': s6, 'statuses': s17, 'fields': s22, 'calendars': s119, 'conditions': s124, 'owners': s139, 'clocks': {'type': 'model-field', 'schema': {'type': 'default', 'schema': {'type': 'dict', 'keys_schema': s23, 'values_schema': s585}, 'default': {}}}, 'messages': s168, 'actions': s172}, 'model_name': 'Shared'}, 'custom_init': False, 'root_model': False, 'config': {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Shared'}}, 'definitions': [s260, s283, s284, s306, s319, s329, s351, s356, s362, s381, s387, s393, s399, s412, s418, s424, s431, s445, s451, s457, s479]}, {'extra_fields_behavior': 'forbid', 'strict': False, 'hide_input_in_errors': True, 'title': 'Shared'}, {'escalate': {'type': 'model-field', 'schema': {'type': 'default', 'schema': s1, 'default': None}}, 'description': s3, 'include': s6, 'statuses': s17, 'fields': s22, 'calendars': s119, 'conditions': s124, 'owners': s139, 'clocks': {'type': 'model-field', 'schema': {'type': 'default', 'schema': {'type': 'dict', 'keys_schema': s23, 'values_schema': s585}, 'default': {}}}, 'messages': s168, 'actions': s172}),
    policy_policy.Statuses: (s15, s14, s12),
    policy_rotation.Days: ({'type': 'model', 'cls': policy_rotation.Days, 'schema': s385, 'custom_init': False, 'root_model': False, 'config': s386}, s386, s384),
    policy_rotation.HandsOver: ({'type': 'definitions', 'schema': s613, 'definitions': s614}, s380, s378),
    policy_rotation.Hours: ({'type': 'model', 'cls': policy_rotation.Hours, 'schema': s397, 'custom_init': False, 'root_model': False, 'config': s398}, s398, s396),
    policy_rotation.IcalLayer: ({'type': 'function-after', 'function': s419, 'schema': {'type': 'model', 'cls': policy_rotation.IcalLayer, 'schema': {'type': 'model-fields', 'fields': {'members': s342, 'ical': s69, 'calendar': s617, 'timezone': s333}, 'model_name': 'IcalLayer'}, 'custom_init': False, 'root_model': False, 'config': s422}}, s422, {'members': s342, 'ical': s69, 'calendar': s617, 'timezone': s333}),
    policy_rotation.Layer: ({'type': 'definitions', 'schema': {'type': 'model', 'cls': policy_rotation.Layer, 'schema': {'type': 'model-fields', 'fields': {'members': s342, 'starts': s408, 'hands_over': {'type': 'model-field', 'schema': {'type': 'default', 'schema': s613, 'default': None}}, 'calendar': s617, 'timezone': s333}, 'model_name': 'Layer'}, 'custom_init': False, 'root_model': False, 'config': s417}, 'definitions': s614}, s417, {'members': s342, 'starts': s408, 'hands_over': {'type': 'model-field', 'schema': {'type': 'default', 'schema': s613, 'default': None}}, 'calendar': s617, 'timezone': s333}),
    policy_rotation.Override: ({'type': 'model', 'cls': policy_rotation.Override, 'schema': s354, 'custom_init': False, 'root_model': False, 'config': s355}, s355, s353),
    policy_rotation.Swap: ({'type': 'model', 'cls': policy_rotation.Swap, 'schema': s360, 'custom_init': False, 'root_model': False, 'config': s361}, s361, s359),
    policy_rotation.Weeks: ({'type': 'model', 'cls': policy_rotation.Weeks, 'schema': s391, 'custom_init': False, 'root_model': False, 'config': s392}, s392, s390),
    policy_target.At: ({'type': 'model', 'cls': policy_target.At, 'schema': {'type': 'model-fields', 'fields': {'at': {'type': 'model-field', 'schema': {'type': 'str', 'pattern': '^[^\\u0000-\\u0020\\u007f-\\u00a0\\u1680\\u2000-\\u200b\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff.:,|/{}]+(\\.[^\\u0000-\\u0020\\u007f-\\u00a0\\u1680\\u2000-\\u200b\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff.:,|/{}]+)*$', 'max_length': 200}}}, 'model_name': 'At'}, 'custom_init': False, 'root_model': False, 'config': s478}, s478, {'at': {'type': 'model-field', 'schema': {'type': 'str', 'pattern': '^[^\\u0000-\\u0020\\u007f-\\u00a0\\u1680\\u2000-\\u200b\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff.:,|/{}]+(\\.[^\\u0000-\\u0020\\u007f-\\u00a0\\u1680\\u2000-\\u200b\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff.:,|/{}]+)*$', 'max_length': 200}}}),
    policy_trigger.Trigger: ({'type': 'definitions', 'schema': {'type': 'model', 'cls': policy_trigger.Trigger, 'schema': {'type': 'model-fields', 'fields': {'escalate': s237, 'transfer': s239, 'requires': s207, 'notify': s228, 'tell_customer': s155, 'set': s242, 'do': s593, 'id': s192, 'name': s3, 'description': s3, 'for_': s250, 'at': s254, 'when': s255, 'once': s258, 'repeat': s588}, 'model_name': 'Trigger'}, 'custom_init': False, 'root_model': False, 'config': s259}, 'definitions': s609}, s259, {'escalate': s237, 'transfer': s239, 'requires': s207, 'notify': s228, 'tell_customer': s155, 'set': s242, 'do': s593, 'id': s192, 'name': s3, 'description': s3, 'for_': s250, 'at': s254, 'when': s255, 'once': s258, 'repeat': s588}),
    worktime_calendar.Calendar: (s116, s114, s112),
    worktime_holiday.CountryHolidays: (s96, s93, s91),
    worktime_holiday.DateHoliday: (s56, s54, s52),
    worktime_holiday.EasterHoliday: (s89, s87, s85),
    worktime_holiday.IcalHolidays: (s103, s100, s98),
    worktime_holiday.RangeHoliday: (s67, s64, s62),
    worktime_holiday.RuleHoliday: (s78, s75, s73),
}
