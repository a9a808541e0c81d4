import * as fc from 'fast-check';
import { alertKeyOf, idFault, productOf, raisedAt, spellingsOf } from '../../src/enrichment/alertId.ts';
import { law } from '../support/law.ts';

const guid = '3cb12a2f-6c1b-4f5e-9a53-1d2f3a4b5c6d';
const hash = '6450625369250ba3fc4b5752f34f474ec80b20ae';

describe('the product of an alert', () => {
  it.each([
    'da637472900382838869_1364969609',
    '636688558380765161_2136280442',
    'da637308392288907382_-880718168',
    'ed638034938542563831_-172489803',
    'DA637472900382838869_1364969609',
    `da${guid}`,
    `ed${guid}`,
    `da${guid}_1`,
    `${guid}_1`,
    guid.toUpperCase(),
    `da${guid.toUpperCase()}_1`,
  ])('is Defender for Endpoint by %s', (id) => {
    expect(productOf(id)).toBe('defender');
  });

  it.each([
    [`ra${guid}`, 'Defender XDR'],
    [`ea${guid}_aml`, 'Defender XDR'],
    ['ea637472900382838869_1364969609', 'Defender XDR'],
    [`fa${guid}`, 'Defender for Office 365'],
    [`aa${guid}`, 'Defender for Identity'],
    ['caA214771F-6AB0-311D-B2B0-BECD3B4A967B', 'Defender for Cloud Apps'],
    [`ad${hash}`, 'Entra ID Protection'],
    [`2517228307705103557_${guid}`, 'Defender for Cloud'],
    ['2517228307705103557_12', 'Defender for Cloud'],
    [`dc2517228307705103557_${guid}`, 'Defender for Cloud'],
    [hash, 'none of those known'],
    [`${guid}_aml`, 'none of those known'],
    ['alert 7', 'none of those known'],
    ['', 'none of those known'],
  ])('is another one by %s: %s', (id) => {
    expect(productOf(id)).toBe('other');
  });
});

const anyId = fc.oneof(
  fc
    .tuple(fc.stringMatching(/^\d{18}$/), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }))
    .map(([t, n]) => `${t}_${n}`),
  fc.uuid(),
  fc.tuple(fc.uuid(), fc.constantFrom('1', '12', 'aml')).map(([id, end]) => `${id}_${end}`),
  fc.stringMatching(/^[0-9a-f]{40}$/),
);

describe('the key of an alert', () => {
  it('is the same with the two letters and without them, in any case of letters', () => {
    law(
      fc.property(anyId, fc.constantFrom('da', 'ed', 'ra', 'fa', 'aa', 'ad', 'dc'), (id, letters) => {
        expect(new Set([id, `${letters}${id}`, `${letters}${id}`.toUpperCase()].map(alertKeyOf))).toEqual(
          new Set([id.toLowerCase()]),
        );
      }),
    );
  });

  it('is the key of itself, whatever the id', () => {
    law(
      fc.property(fc.oneof(anyId, fc.string()), (id) => {
        expect(alertKeyOf(alertKeyOf(id))).toBe(alertKeyOf(id));
      }),
    );
  });

  it('is the same for the two spellings of an alert of Defender for Cloud', () => {
    expect(alertKeyOf(`dc2517228307705103557_${guid}`)).toBe(alertKeyOf(`2517228307705103557_${guid}`));
  });

  it('keeps letters that only look like those in front', () => {
    expect(alertKeyOf('da3cb12a-6c1b-4f5e-9a53-1d2f3a4b5c6d')).toBe('da3cb12a-6c1b-4f5e-9a53-1d2f3a4b5c6d');
    expect(alertKeyOf('ad50625369250ba3fc4b5752f34f474ec80b20ae')).toBe('ad50625369250ba3fc4b5752f34f474ec80b20ae');
    expect(alertKeyOf('dashboard')).toBe('dashboard');
  });
});

describe('the spellings of an alert', () => {
  it('are the one that came, then the other', () => {
    expect(spellingsOf(`ed${guid}`)).toEqual([`ed${guid}`, guid]);
    expect(spellingsOf('636688558380765161_2136280442')).toEqual([
      '636688558380765161_2136280442',
      'da636688558380765161_2136280442',
    ]);
  });

  it('are two, of one alert', () => {
    law(
      fc.property(anyId, (id) => {
        const [came, other] = spellingsOf(id);
        expect([came, other === came, alertKeyOf(other)]).toEqual([id, false, alertKeyOf(id)]);
      }),
    );
  });
});

describe('the time that an alert was raised', () => {
  it.each([
    ['da637472900382838869_1364969609', '2021-01-26T20:33:58.283Z'],
    ['636688558380765161_2136280442', '2018-08-03T01:17:18.076Z'],
  ])('stands in its id, %s', (id, time) => {
    expect(new Date(raisedAt(id) ?? Number.NaN).toISOString()).toBe(time);
  });

  it.each([`da${guid}_1`, `2517228307705103557_${guid}`, `ad${hash}`, 'x'])('does not stand in %s', (id) => {
    expect(raisedAt(id)).toBeUndefined();
  });
});

describe('an alert id', () => {
  it.each([
    ['', 'is empty'],
    ['  ', 'is empty'],
    ['a b', 'holds a space, a control character, or one that is not ASCII'],
    ['a\u0000', 'holds a space, a control character, or one that is not ASCII'],
    ['a\ud800', 'holds a space, a control character, or one that is not ASCII'],
    ['ä', 'holds a space, a control character, or one that is not ASCII'],
    ['a'.repeat(201), 'has 201 characters; an alert id has 200 at most'],
  ])('is refused: %j', (id, fault) => {
    expect(idFault(id)).toBe(fault);
  });

  it.each(['.', '..', 'a%2Fb', '%'])('%s can stand in no address', (id) => {
    expect(idFault(id)).toBeDefined();
  });

  it('may have any other form, for ids of other products are not all known', () => {
    law(
      fc.property(
        fc.stringMatching(/^[!-$&-~]{1,200}$/).filter((id) => !/^\.\.?$/.test(id)),
        (id) => {
          expect(idFault(id)).toBeUndefined();
        },
      ),
    );
  });
});
